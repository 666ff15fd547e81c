/// What is wanted of a generated puzzle beyond the task's own settings.
public struct GenerationRequest: Sendable, Hashable {
  /// The wanted interval of ratings; nil if any will do.
  public var rating: ClosedRange<Double>?

  /// A request for an interval of ratings, or for any puzzle.
  public init(rating: ClosedRange<Double>? = nil) {
    self.rating = rating
  }
}
