import Gym
import Randomness

extension ARC: VariantNaming {
  public func variantName(_ name: String, as form: VariantNameForm) -> String {
    guard case .variant(let task, let augmentation) = ARCPuzzleName(name) else { return name }
    return augmentation.name(of: task, as: form)
  }

  public func isUnknownVariantName(_ name: String) -> Bool { ARCPuzzleName(name) == .unknown }
}

extension ARC {
  /// The variants that `forEachAugmentation` generates.
  public func augmentations(
    of puzzle: Puzzle, count: Int, using random: inout RandomStream
  ) -> [Puzzle] {
    var variants: [Puzzle] = []
    forEachAugmentation(of: puzzle, count: count, using: &random) { variants.append($0) }
    return variants
  }

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
        let (row, column) = Self.place(
          max(question.rows, answer.rows), max(question.columns, answer.columns), &random)
        moved.question = ARCCanvas.moved(
          example.question, question, toRow: row, column: column)
        moved.answer = ARCCanvas.moved(example.answer, answer, toRow: row, column: column)
      } else if let question = ARCCanvas.grid(in: example.question),
        let answer = ARCCanvas.grid(in: example.answer)
      {
        let (row, column) = Self.place(
          max(question.rows, answer.rows), max(question.columns, answer.columns), &random)
        moved.question = ARCCanvas.encode(question, row: row, column: column)
        moved.answer = ARCCanvas.encode(answer, row: row, column: column)
      }
      return moved
    }
  }

  /// A random position for a rectangle on the canvas.
  private static func place(
    _ rows: Int, _ columns: Int, _ random: inout RandomStream
  ) -> (row: Int, column: Int) {
    (random.below(ARCCanvas.side - rows + 1), random.below(ARCCanvas.side - columns + 1))
  }

  public func fileText(of puzzle: Puzzle, as format: SourceFormat) throws -> String? {
    format == .arcJSON ? try ARCTask(puzzle).json.text() : nil
  }
}
