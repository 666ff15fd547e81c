import Gym

extension SudokuExtreme: SymmetricTask {
  /// A uniformly random element: digits, bands, rows in bands, stacks, columns in stacks, and the
  /// transpose if boxes are square.
  public func randomSymmetry(using random: inout RandomStream) -> Symmetry {
    let permutation = BoardPermutation(of: geometry, using: &random)
    return Symmetry(
      cells: permutation.cells, tokens: [Vocabulary.padding] + permutation.values.map { $0 + 1 })
  }

  /// The least board, compared cell by cell from the first, among all images of a question or
  /// answer under symmetries.
  ///
  /// Nil for 16×16 boards, whose search would take too long, and for boards that violate the rules.
  public func canonicalForm(of question: [UInt8]) -> [UInt8]? {
    guard geometry.size <= 9, let values = try? clueValues(of: question) else { return nil }
    return tokens(CanonicalSearch(values, geometry: geometry).leastBoard())
  }
}

extension SudokuExtreme: AugmentingTask, EquivalenceTask {
  /// Copies of a puzzle under random elements of the symmetry group: the same as with
  /// `randomSymmetry` and `transform`, without a table for each.
  ///
  /// They share the same memory one after another, unless `body` keeps them.
  public func forEachAugmentation(
    of puzzle: Puzzle, count: Int, using random: inout RandomStream, _ body: (Puzzle) -> Void
  ) {
    var names = Array(UInt8.min...UInt8.max)
    var variant = puzzle
    variant.line = nil
    for _ in 0..<count {
      let permutation = BoardPermutation(of: geometry, using: &random)
      permutation.nameDigits(in: &names, from: Int(Self.blank) + 1, as: Self.blank + 1)
      func move(_ examples: [Example], to moved: inout [Example]) {
        for index in examples.indices {
          permutation.move(examples[index].question, names: names, to: &moved[index].question)
          permutation.move(examples[index].answer, names: names, to: &moved[index].answer)
        }
      }
      move(puzzle.demonstrations, to: &variant.demonstrations)
      move(puzzle.examples, to: &variant.examples)
      body(variant)
    }
  }

  public func canonicalForm(of example: Example) -> [UInt8]? {
    canonicalForm(of: example.question)
  }

  /// Computed from how often each digit occurs in the question, and from the numbers of clues in
  /// its rows and columns, by band and by stack.
  public func symmetryInvariant(of example: Example) -> UInt64? {
    guard let values = try? checkedValues(of: example.question) else { return nil }
    let size = geometry.size
    var digits = [UInt64](repeating: 0, count: size + 1)
    var rows = digits
    var columns = digits
    var boxes = digits
    for (cell, value) in values.enumerated() where value > 0 {
      digits[Int(value)] += 1
      rows[cell / size] += 1
      columns[cell % size] += 1
      boxes[geometry.boxes[cell]] += 1
    }
    var clues: UInt64 = 0
    for (cell, value) in values.enumerated() where value > 0 {
      let (row, column) = (Self.mixed(rows[cell / size]), Self.mixed(columns[cell % size]))
      let digit = Self.mixed(digits[Int(value)] &+ 32 &* boxes[geometry.boxes[cell]])
      clues &+= Self.mixed(row &+ (geometry.hasTranspose ? column : column &* 3) &+ digit &* 5)
    }
    let sides = [
      Self.mixed(rows, size, blocks: geometry.boxRows),
      Self.mixed(columns, size, blocks: geometry.boxColumns),
    ]
    let transposed = geometry.hasTranspose ? sides[1] : sides[1] &* 3
    return digits.reduce(0) { $0 &+ Self.mixed($1) } &+ sides[0] &+ transposed
      &+ clues
  }

  /// A hash of counts that does not depend on their order within blocks, nor on the order of
  /// blocks.
  private static func mixed(_ counts: [UInt64], _ size: Int, blocks length: Int) -> UInt64 {
    var sum: UInt64 = 0
    for start in stride(from: 0, to: size, by: length) {
      var block: UInt64 = 0
      for line in start..<start + length { block &+= mixed(counts[line]) }
      sum &+= mixed(block)
    }
    return mixed(sum)
  }

  /// The finalizer of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
