/// A named interval of a task's rating.
public struct DifficultyLevel: Sendable, Hashable {
  public let name: String
  public let rating: ClosedRange<Double>

  public init(_ name: String, rating: ClosedRange<Double>) {
    self.name = name
    self.rating = rating
  }
}
