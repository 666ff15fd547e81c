/// Combines consecutive examples under the same name into one puzzle.
struct PuzzleGatherer {
  private var pending: Puzzle?
  /// Whether the last example was a demonstration, and how often that has changed.
  private var last: (isDemonstration: Bool, changes: Int) = (false, 0)
  /// Longer puzzles are rejected, so memory does not grow with the file.
  private static let limit = 10_000

  /// Whether no puzzle is under way.
  var isEmpty: Bool { pending == nil }

  /// Takes the next example. One without a name is a puzzle of its own.
  mutating func add(
    _ example: Example, name: String, isDemonstration: Bool, line: Int, at place: String,
    _ body: (Puzzle) throws -> Void
  ) throws {
    if name.isEmpty {
      guard !isDemonstration else {
        throw GymError(
          "a demonstration belongs to no puzzle", at: place, expected: "the puzzle's name")
      }
      try finish(body)
      return try body(Puzzle(example, line: line))
    }
    if pending?.name != name {
      try finish(body)
      last = (isDemonstration, 0)
    }
    if isDemonstration != last.isDemonstration { last = (isDemonstration, last.changes + 1) }
    // A puzzle's demonstrations are contiguous: a second run of them means a second puzzle.
    guard last.changes < 2 else {
      throw GymError(
        "the puzzle \(String(reflecting: name)) has demonstrations and questions in turn, as if "
          + "two puzzles had one name", at: place,
        expected: "all demonstrations of a puzzle, and then its questions",
        remedy: "Give each puzzle its own name.")
    }
    var puzzle = pending ?? Puzzle(name: name, examples: [], line: line)
    pending = nil
    guard puzzle.demonstrations.count + puzzle.examples.count < Self.limit else {
      throw GymError("the puzzle has more than \(Self.limit) examples", at: place)
    }
    if isDemonstration {
      puzzle.demonstrations.append(example)
    } else {
      puzzle.examples.append(example)
    }
    pending = puzzle
  }

  /// Passes on the last puzzle.
  mutating func finish(_ body: (Puzzle) throws -> Void) throws {
    guard let puzzle = pending else { return }
    pending = nil
    try body(puzzle)
  }
}
