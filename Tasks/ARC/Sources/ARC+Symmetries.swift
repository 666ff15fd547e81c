import Gym

extension ARCAugmentation {
  /// The augmentation as a symmetry of a canvas's tokens.
  public func symmetry(of canvas: ARCCanvas) -> Symmetry {
    Symmetry(
      cells: dihedral.cells(of: canvas),
      tokens: [Vocabulary.padding, ARCCanvas.endOfGrid]
        + colors.colors.map { $0 + ARCCanvas.firstColor })
  }

  /// The augmentation that a symmetry represents; nil for any other symmetry.
  public init?(_ symmetry: Symmetry) {
    guard let canvas = ARCCanvas(cells: symmetry.cells.count),
      let dihedral = ARCDihedral.allCases.first(where: { $0.cells(of: canvas) == symmetry.cells }),
      symmetry.tokens.starts(with: [Vocabulary.padding, ARCCanvas.endOfGrid]),
      let colors = try? ARCColorMap(
        symmetry.tokens.dropFirst(2).map { $0 - ARCCanvas.firstColor })
    else { return nil }
    self.init(dihedral, colors)
  }
}

extension ARCDihedral {
  /// The cells of every canvas under each transform.
  private static let tables: [[[UInt16]]] = ARCCanvas.sides.map { side in
    allCases.map { dihedral in
      let walk = dihedral.walk(rows: side, columns: side)
      return (0..<side * side).map {
        UInt16(walk.start + $0 / side * walk.rowStep + $0 % side * walk.columnStep)
      }
    }
  }

  /// For each cell of a transformed canvas, the cell that it is taken from.
  func cells(of canvas: ARCCanvas) -> [UInt16] {
    Self.tables[canvas.side - ARCCanvas.sides.lowerBound][rawValue]
  }
}

extension ARC: SymmetricTask, EquivalenceTask {
  public func randomSymmetry(using random: inout RandomStream) -> Symmetry {
    ARCAugmentation.random(using: &random).symmetry(of: canvas)
  }

  /// The least of the question's eight rotations and reflections, with colors renamed 1, 2, … in
  /// order of appearance; nil if the question contains no grid.
  ///
  /// This depends on the question alone: tasks that ask the same question under different rules
  /// have the same form.
  public func canonicalForm(of question: [UInt8]) -> [UInt8]? {
    guard let grid = ARCCanvas.grid(in: question) else { return nil }
    let forms = ARCDihedral.allCases.map {
      grid.augmented(by: ARCAugmentation($0, .identity)).withColorsInOrder
    }
    return forms.min {
      $0.rows != $1.rows ? $0.rows < $1.rows : $0.cells.lexicographicallyPrecedes($1.cells)
    }.map { ARCCanvas.full.encode($0) }
  }

  /// The least of the eight rotations and reflections of question and answer together, with colors
  /// renamed in order of appearance in the question and then the answer; of the question alone if
  /// the answer is unknown.
  public func canonicalForm(of example: Example) -> [UInt8]? {
    guard let question = ARCCanvas.grid(in: example.question),
      let answer = ARCCanvas.grid(in: example.answer)
    else { return canonicalForm(of: example.question) }
    let forms = ARCDihedral.allCases.map { dihedral in
      let turn = ARCAugmentation(dihedral, .identity)
      let (question, answer) = (question.augmented(by: turn), answer.augmented(by: turn))
      let shapes = [question.rows, question.columns, answer.rows, answer.columns]
      return shapes.map { UInt8($0) } + (question.cells + answer.cells).withColorsInOrder
    }
    return forms.min { $0.lexicographicallyPrecedes($1) }
  }

  public func symmetryInvariant(of example: Example) -> UInt64? { nil }
}

extension [UInt8] {
  /// Colors with 1 to 9 renamed in order of appearance.
  fileprivate var withColorsInOrder: [UInt8] {
    var names = [UInt8](repeating: 0, count: ARCGrid.colors)
    var used: UInt8 = 0
    return map { color in
      if color != 0, names[Int(color)] == 0 {
        used += 1
        names[Int(color)] = used
      }
      return names[Int(color)]
    }
  }
}

extension ARCGrid {
  /// The grid with colors 1 to 9 renamed in order of appearance.
  fileprivate var withColorsInOrder: ARCGrid {
    var copy = self
    copy.cells = cells.withColorsInOrder
    return copy
  }
}

extension ARC: VariantNaming {
  public func variantName(_ name: String, as form: VariantNameForm) -> String {
    guard case .variant(let task, let augmentation) = ARCPuzzleName(name) else { return name }
    return augmentation.name(of: task, as: form)
  }

  public func isUnknownVariantName(_ name: String) -> Bool { ARCPuzzleName(name) == .unknown }
}

extension ARC: AugmentingTask {
  /// Passes on variants of a task, named `<task>_t<dihedral>_<10 digits>`, each different in
  /// content from the task and from the other variants.
  ///
  /// There are fewer than `count` if five times as many draws do not find enough, as in the
  /// released builder: a task with few colors has few variants. The variants share the same memory
  /// one after another, unless `body` keeps them.
  public func forEachAugmentation(
    of puzzle: Puzzle, count: Int, using random: inout RandomStream, _ body: (Puzzle) -> Void
  ) {
    let demonstrations = puzzle.demonstrations.map(ExampleSheet.init)
    let examples = puzzle.examples.map(ExampleSheet.init)
    let sheets = demonstrations + examples
    var seen: Set<UInt64> = [ExampleSheet.content(sheets, as: .identity)]
    var (variants, draws) = (0, 0)
    var variant = puzzle
    variant.line = nil
    while variants < count, draws / 5 < count {
      draws += 1
      let augmentation = ARCAugmentation.random(using: &random)
      guard seen.insert(ExampleSheet.content(sheets, as: augmentation)).inserted else { continue }
      variants += 1
      variant.name = puzzle.name.map { augmentation.name(of: $0) }
      for (index, sheet) in demonstrations.enumerated() {
        sheet.write(as: augmentation, to: &variant.demonstrations[index])
      }
      for (index, sheet) in examples.enumerated() {
        sheet.write(as: augmentation, to: &variant.examples[index])
      }
      body(variant)
    }
  }
}

extension ARC: CanvasTask {
  /// Rotates and recolors the grid on a canvas, cropped as in `verify`, and puts it into the top
  /// left corner with a new border. A canvas without a grid is only permuted.
  public func transform(_ tokens: [UInt8], by symmetry: Symmetry) -> [UInt8] {
    guard let grid = ARCCanvas.grid(in: tokens),
      let augmentation = ARCAugmentation(symmetry)
    else { return symmetry.applied(to: tokens) }
    return canvas.encode(grid, as: augmentation)
  }

  /// All examples except one at a random position of the canvas, question and answer at the same
  /// position, as in the released builder's training data.
  public func placed(_ examples: [Example], using random: inout RandomStream) -> [Example] {
    guard !examples.isEmpty else { return [] }
    let unmoved = random.below(examples.count)
    return examples.enumerated().map { index, example in
      guard index != unmoved else { return example }
      var moved = example
      if let question = ARCCanvas.corner(of: example.question),
        let answer = ARCCanvas.corner(of: example.answer)
      {
        let (row, column) = place(
          max(question.rows, answer.rows), max(question.columns, answer.columns), &random)
        moved.question = ARCCanvas.moved(
          example.question, question, toRow: row, column: column)
        moved.answer = ARCCanvas.moved(example.answer, answer, toRow: row, column: column)
      } else if let question = ARCCanvas.grid(in: example.question),
        let answer = ARCCanvas.grid(in: example.answer)
      {
        let (row, column) = place(
          max(question.rows, answer.rows), max(question.columns, answer.columns), &random)
        moved.question = canvas.encode(question, row: row, column: column)
        moved.answer = canvas.encode(answer, row: row, column: column)
      }
      return moved
    }
  }

  /// A random position for a rectangle on the canvas.
  private func place(
    _ rows: Int, _ columns: Int, _ random: inout RandomStream
  ) -> (row: Int, column: Int) {
    (random.below(canvas.side - rows + 1), random.below(canvas.side - columns + 1))
  }

  /// The canvas of a grid that is given as rows of colors, 0 to 9.
  public func answer(ofRows rows: [String]) -> [UInt8]? {
    let colors = rows.map { row in
      row.utf8.compactMap { (48...57).contains($0) ? $0 - 48 : nil }
    }
    guard zip(rows, colors).allSatisfy({ $0.utf8.count == $1.count }),
      let grid = try? ARCGrid(colors), grid.rows <= canvas.side, grid.columns <= canvas.side
    else { return nil }
    return canvas.encode(grid)
  }
}
