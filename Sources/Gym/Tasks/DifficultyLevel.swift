/// A named interval of a task's rating.
public struct DifficultyLevel: Sendable, Hashable {
  /// The name in lists and in score tables.
  public let name: String
  /// The ratings of the level, in the task's own unit.
  public let rating: ClosedRange<Double>

  /// A level with a name and an interval of ratings.
  public init(_ name: String, rating: ClosedRange<Double>) {
    self.name = name
    self.rating = rating
  }
}
