import Gym

/// The number of each puzzle's examples that are demonstrations.
struct DemonstrationColumn: Sendable {
  private var counts: [Int32] = []

  /// - Throws: a `GymError` if a puzzle has fewer examples than that.
  init(_ array: NpyArray, puzzles: DatasetIndex) throws {
    counts.reserveCapacity(array.count)
    try array.forEachInteger(in: 0..<array.count) { puzzle, value in
      guard let value, (0...Int64(puzzles[puzzle].count)).contains(value) else {
        throw GymError(
          "puzzle \(puzzle) has \(value.map(String.init) ?? "too many") demonstrations",
          at: array.url.path, expected: "at most its \(puzzles[puzzle].count) examples")
      }
      counts.append(Int32(value))
    }
  }

  /// - Precondition: the puzzle exists.
  subscript(puzzle: Int) -> Int { Int(counts[puzzle]) }
}
