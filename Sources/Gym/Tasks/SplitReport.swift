/// How a split was answered, all answers taken together.
public struct SplitReport: Sendable, Hashable {
  /// A score under the name that says how it was counted.
  public struct Score: Sendable, Hashable {
    /// What was counted, as tables name it.
    public let name: String
    /// The points, at most one for each thing counted.
    public let points: Double
    /// How many things were counted.
    public let count: Int

    /// Points of so many things counted.
    public init(_ name: String, points: Double, of count: Int) {
      self.name = name
      self.points = points
      self.count = count
    }

    /// The points' share of the count, from 0 to 1; 0 if nothing was counted.
    public var value: Double { count == 0 ? 0 : points / Double(count) }
  }

  /// The scores, in the task's order.
  public let scores: [Score]
  /// The text of the file that the task's competition wants; nil if there is none.
  public let submission: String?

  /// What a person has to know to read the scores rightly, each a sentence without its full stop:
  /// what was left out, and why.
  public let notes: [String]

  /// A report of scores, with the competition's file if there is one.
  public init(scores: [Score], submission: String? = nil, notes: [String] = []) {
    self.scores = scores
    self.submission = submission
    self.notes = notes
  }
}
