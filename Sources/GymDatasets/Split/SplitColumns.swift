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

/// The source of each example: numbers in an array, names in the manifest.
struct SourceColumn: Sendable {
  private let array: NpyArray
  private let names: [String]

  /// - Throws: a `GymError` if a number has no name.
  init(_ array: NpyArray, names: [String]) throws {
    try array.forEachInteger(in: 0..<array.count) { index, value in
      guard let value, (0..<Int64(names.count)).contains(value) else {
        throw GymError(
          "example \(index) has the source \(value.map(String.init) ?? "beyond 64 bits")",
          at: array.url.path, expected: "one of the \(names.count) that manifest.json names")
      }
    }
    (self.array, self.names) = (array, names)
  }

  /// - Precondition: the example exists.
  subscript(example: Int) -> String {
    var name = ""
    array.forEachInteger(in: example..<example + 1) { _, value in
      // The file may have changed since it was checked; a number without a name means no source.
      if let value, (0..<Int64(names.count)).contains(value) { name = names[Int(value)] }
    }
    return name
  }
}

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

/// The solved examples that explain the questions of a split, by the identity of their puzzle.
///
/// Those of a held-out puzzle are in the training split, under the same identifier.
public struct PuzzleDemonstrations: Sendable {
  private let split: DatasetSplit
  private let task: any Task
  private let training: DatasetSplit?
  /// The training puzzles of each identifier: several if they have the same name.
  private var puzzles: [Int32: [Int]] = [:]

  /// The demonstrations of a task's dataset for one of its splits.
  public init(_ data: Dataset, for split: DatasetSplit, of task: any Task) {
    (self.split, self.task) = (split, task)
    training = split.name == "train" ? split : data.splits.first { $0.name == "train" }
    guard split.identifierCount > 1, let training else { return }
    for puzzle in 0..<training.puzzles.count {
      puzzles[training.identifier(ofPuzzle: puzzle), default: []].append(puzzle)
    }
    puzzles[0] = nil
  }

  /// Whether no puzzle of the split has any.
  public var isEmpty: Bool {
    !(0..<split.puzzles.count).contains { puzzle in
      candidates(forPuzzle: puzzle).contains { !examples(ofTraining: $0).isEmpty }
    }
  }

  /// The demonstrations for an example of the split; never the example itself or another
  /// puzzle's.
  ///
  /// - Precondition: the example exists.
  /// - Throws: a `GymError` that names file, row and cell of a value that is not a token, or if
  ///   nothing says which of several puzzles with the same identifier is the example's own.
  public func demonstrations(for index: Int) throws -> [Example] {
    guard let training else { return [] }
    let puzzle = split.puzzles.owner(of: index)
    let isTraining = split.name == training.name
    var shown: [Example] = []
    let candidates = candidates(forPuzzle: puzzle)
    for candidate in candidates {
      let examples = try examples(ofTraining: candidate)
        .filter { !isTraining || $0 != index }.map(training.example)
      guard try PuzzleContent.agree(shown, examples, of: task) else {
        throw GymError(
          "training puzzles \(candidates.map(String.init).joined(separator: " and ")) have the "
            + "identifier of puzzle \(puzzle) of \(split.name) and are different, and nothing says "
            + "whose demonstrations are its own",
          at: training.url.path, expected: "an identifier for each puzzle",
          remedy: "Build the dataset anew from its files: `dataset build` keeps them apart.")
      }
      // One that has no count of its own has its question among them.
      if shown.isEmpty || (1..<shown.count).contains(examples.count) { shown = examples }
    }
    return shown
  }

  /// The training puzzles that may explain a puzzle of the split: of a training puzzle, itself.
  private func candidates(forPuzzle puzzle: Int) -> [Int] {
    let identifier = split.identifier(ofPuzzle: puzzle)
    let named = puzzles[identifier] ?? []
    return split.name == training?.name && !named.isEmpty ? [puzzle] : named
  }

  /// The examples of a training puzzle that explain a puzzle of the split.
  private func examples(ofTraining puzzle: Int) -> Range<Int> {
    guard let training else { return 0..<0 }
    let all = training.puzzles[puzzle]
    // If a folder does not say which these are: all examples of a held-out puzzle, and all except
    // the last of a training puzzle.
    let own = split.name == training.name ? max(0, all.count - 1) : all.count
    let count = training.demonstrationCount(ofPuzzle: puzzle) ?? own
    return all.lowerBound..<all.lowerBound + count
  }
}
