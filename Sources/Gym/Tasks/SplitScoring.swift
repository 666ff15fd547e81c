/// A task that also scores a split as a whole, because single verdicts do not tell everything:
/// variants of a puzzle vote, or a competition counts in its own way.
public protocol SplitScoring: Task {
  /// A scorer that has seen no answers.
  func splitScorer() -> any SplitScorer

  /// Scores a competition's submission file against puzzles whose answers are known.
  ///
  /// - Throws: a `GymError` that names the file and the place in it.
  func scores(
    ofSubmission submission: PuzzleSource, on puzzles: PuzzleSource
  ) throws -> SplitReport
}

/// Collects the answers to a split's questions and scores them together.
public protocol SplitScorer: Sendable {
  /// Takes the answer to one question; questions come in the split's order.
  mutating func add(_ answer: SplitAnswer)

  /// The scores of the answers so far.
  func report() throws -> SplitReport
}
