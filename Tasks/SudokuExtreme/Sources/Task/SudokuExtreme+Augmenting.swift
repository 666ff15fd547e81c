import Gym
import Randomness

extension SudokuExtreme {
  /// Copies of a puzzle as random elements of the symmetry group move and rename it: the same as
  /// by `randomSymmetry` and `transform`, without a table for each.
  public func augmentations(
    of puzzle: Puzzle, count: Int, using random: inout RandomStream
  ) -> [Puzzle] {
    (0..<count).map { _ in
      let permutation = BoardPermutation(of: geometry, using: &random)
      let names = [Vocabulary.padding, Self.blank] + permutation.digitNames.map { $0 + Self.blank }
      func moved(_ examples: [Example]) -> [Example] {
        examples.map { example in
          var copy = example
          copy.question = permutation.moved(example.question, names: names)
          copy.answer = permutation.moved(example.answer, names: names)
          return copy
        }
      }
      return Puzzle(
        name: puzzle.name, demonstrations: moved(puzzle.demonstrations),
        examples: moved(puzzle.examples))
    }
  }

  /// From how often each digit stands in the question, and how many clues its rows and columns
  /// have, band by band and stack by stack.
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

  /// A number of counts that does not depend on their order inside blocks, nor on that of blocks.
  private static func mixed(_ counts: [UInt64], _ size: Int, blocks length: Int) -> UInt64 {
    var sum: UInt64 = 0
    for start in stride(from: 0, to: size, by: length) {
      var block: UInt64 = 0
      for line in start..<start + length { block &+= mixed(counts[line]) }
      sum &+= mixed(block)
    }
    return mixed(sum)
  }

  /// The finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
