import Gym

/// The identifier of each puzzle, checked against the number of identifiers.
struct IdentifierColumn: Sendable {
  /// Empty if every identifier is 0.
  private let values: [Int32]
  private let count: Int

  /// - Throws: a `GymError` if there are not `count` values in 0..<limit.
  init(_ array: NpyArray, count: Int, limit: Int) throws {
    guard array.shape == [count], array.element.isInteger else {
      throw GymError(
        "the array has shape \(array.shape) and elements \(array.element.rawValue)",
        at: array.url.path, expected: "an integer for each of \(count) puzzles")
    }
    var values: [Int32] = []
    values.reserveCapacity(count)
    try array.forEachInteger(in: 0..<count) { index, value in
      guard let value, (0..<Int64(limit)).contains(value) else {
        throw GymError(
          "puzzle \(index) has the identifier \(value.map(String.init) ?? "beyond 64 bits")",
          at: array.url.path,
          expected: "0..<\(limit), as num_puzzle_identifiers in dataset.json says")
      }
      values.append(Int32(value))
    }
    self.count = count
    self.values = values.allSatisfy { $0 == 0 } ? [] : values
  }

  /// - Precondition: the puzzle exists.
  subscript(puzzle: Int) -> Int32 {
    precondition((0..<count).contains(puzzle), "there is no puzzle \(puzzle) among \(count)")
    return values.isEmpty ? 0 : values[puzzle]
  }
}
