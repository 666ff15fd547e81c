/// A named interval of a task's rating.
public struct DifficultyLevel: Sendable, Hashable {
  /// The name in lists and in tables of scores.
  public let name: String
  /// The ratings that belong to it, in the task's own unit.
  public let rating: ClosedRange<Double>

  /// A level of a name and its ratings.
  public init(_ name: String, rating: ClosedRange<Double>) {
    self.name = name
    self.rating = rating
  }
}
