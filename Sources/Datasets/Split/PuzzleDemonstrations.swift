import Gym

/// The solved examples that explain the questions of a split, by the identity of their puzzle.
///
/// Those of a held-out puzzle are in the training split, under the same identifier.
public struct PuzzleDemonstrations: Sendable {
  private let split: DatasetSplit
  private let training: DatasetSplit?
  /// The training puzzle of each identifier.
  private var puzzles: [Int32: Int] = [:]

  /// The demonstrations of a dataset for one of its splits.
  public init(_ data: Dataset, for split: DatasetSplit) {
    self.split = split
    training = split.name == "train" ? split : data.splits.first { $0.name == "train" }
    guard split.identifierCount > 1, let training else { return }
    for puzzle in 0..<training.puzzles.count {
      puzzles[training.identifier(ofPuzzle: puzzle)] = puzzle
    }
    puzzles[0] = nil
  }

  /// Whether no puzzle of the split has any.
  public var isEmpty: Bool {
    !(0..<split.puzzles.count).contains { !examples(ofPuzzle: $0).isEmpty }
  }

  /// The demonstrations for an example of the split; never the example itself.
  ///
  /// - Precondition: the example exists.
  /// - Throws: a `GymError` that names file, row and cell of a value that is not a token.
  public func demonstrations(for index: Int) throws -> [Example] {
    guard let training else { return [] }
    let all = examples(ofPuzzle: split.puzzles.owner(of: index))
    let isTraining = split.name == training.name
    return try all.filter { !isTraining || $0 != index }.map(training.example)
  }

  /// The examples of the training split that explain a puzzle of the split.
  private func examples(ofPuzzle puzzle: Int) -> Range<Int> {
    let identifier = split.identifier(ofPuzzle: puzzle)
    guard let training, let shown = puzzles[identifier] else { return 0..<0 }
    let all = training.puzzles[shown]
    // If a folder does not say which these are: all examples of a held-out puzzle, and all except
    // the last of a training puzzle.
    let own = split.name == training.name ? max(0, all.count - 1) : all.count
    let count = training.demonstrationCount(ofPuzzle: shown) ?? own
    return all.lowerBound..<all.lowerBound + count
  }
}
