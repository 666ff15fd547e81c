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
  /// Takes an answer to one question; questions come in the split's order, and several answers to
  /// one, which are votes, one after another.
  mutating func add(_ answer: SplitAnswer)

  /// The scores of the answers so far.
  func report() throws -> SplitReport
}

/// The answer to one question of a split.
public struct SplitAnswer: Sendable, Hashable {
  /// The question with its label.
  public var example: Example
  /// The name of the puzzle, or variant, that it belongs to; nil if puzzles have no names.
  public var puzzle: String?
  /// The number of the puzzle's group, which is an original with its variants; nil if unknown.
  public var group: Int?
  /// Its position among the puzzle's questions, from 0; demonstrations do not count.
  public var position: Int
  /// The answer's tokens; nil if there is none.
  public var answer: [UInt8]?
  /// How sure the answer is, from 0 to 1; nil if unknown.
  public var confidence: Double?

  /// An answer to an example; nil if none was given.
  public init(
    to example: Example, puzzle: String?, group: Int? = nil, position: Int, answer: [UInt8]?,
    confidence: Double? = nil
  ) {
    self.example = example
    self.puzzle = puzzle
    self.group = group
    self.position = position
    self.answer = answer
    self.confidence = confidence
  }
}

/// The scores of a split, from all its answers together.
public struct SplitReport: Sendable, Hashable {
  /// A score, with a name that says how it was counted.
  public struct Score: Sendable, Hashable {
    /// The name of the score in tables.
    public let name: String
    /// The points, at most one per thing counted.
    public let points: Double
    /// How many things were counted.
    public let count: Int

    /// Points out of a number of things counted.
    public init(_ name: String, points: Double, of count: Int) {
      self.name = name
      self.points = points
      self.count = count
    }

    /// Points divided by count, from 0 to 1; 0 if nothing was counted.
    public var value: Double { count == 0 ? 0 : points / Double(count) }
  }

  /// The scores, in the task's order.
  public let scores: [Score]
  /// The text of the submission file for the task's competition; nil if there is none.
  public let submission: String?

  /// Notes that a reader needs to interpret the scores, such as what was left out and why. Each is
  /// a sentence without its full stop.
  public let notes: [String]

  /// A report of scores, with the competition's file if there is one.
  public init(scores: [Score], submission: String? = nil, notes: [String] = []) {
    self.scores = scores
    self.submission = submission
    self.notes = notes
  }
}
