import Gym

/// The content of a puzzle regardless of the positions of its grids on the canvas: equal for equal
/// puzzles.
struct PuzzleContent: Hashable {
  private let demonstrations: [Fingerprint]
  private let examples: [Fingerprint]

  init(_ puzzle: Puzzle, of task: (any Task)?) throws {
    demonstrations = try puzzle.demonstrations.map { try Self.fingerprint($0, of: task) }
    examples = try puzzle.examples.map { try Self.fingerprint($0, of: task) }
  }

  /// Whether one puzzle's demonstrations begin with all those of the other.
  static func agree(_ a: [Example], _ b: [Example], of task: any Task) throws -> Bool {
    try zip(a, b).allSatisfy {
      try fingerprint($0, of: task) == fingerprint($1, of: task)
    }
  }

  /// The fingerprint of an example, with question and answer moved to the canvas's origin.
  static func fingerprint(_ example: Example, of task: (any Task)?) throws -> Fingerprint {
    let parts = [example.question, example.answer].map { tokens -> [UInt8] in
      guard let task, tokens.count == task.grid.cells else { return tokens }
      return task.transform(tokens, by: .identity(for: task))
    }
    return try Fingerprint([UInt8(parts[1].isEmpty ? 0 : 1)] + parts[0] + parts[1])
  }
}
