/// How a split was answered, all answers taken together.
public struct SplitReport: Sendable, Hashable {
  /// A score under the name that says how it was counted.
  public struct Score: Sendable, Hashable {
    public let name: String
    /// The points, at most one for each thing counted.
    public let points: Double
    /// How many things were counted.
    public let count: Int

    public init(_ name: String, points: Double, of count: Int) {
      self.name = name
      self.points = points
      self.count = count
    }

    /// The points' share of the count, from 0 to 1; 0 where nothing was counted.
    public var value: Double { count == 0 ? 0 : points / Double(count) }
  }

  public let scores: [Score]
  /// The text of the file that the task's competition wants; nil where there is none.
  public let submission: String?

  public init(scores: [Score], submission: String? = nil) {
    self.scores = scores
    self.submission = submission
  }
}
