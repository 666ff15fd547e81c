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
