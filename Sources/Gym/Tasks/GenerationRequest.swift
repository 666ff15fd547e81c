/// Requirements on a generated puzzle beyond the task's own settings.
public struct GenerationRequest: Sendable, Hashable {
  /// The wanted interval of ratings; nil for any rating.
  public var rating: ClosedRange<Double>?

  /// A request for an interval of ratings, or for any puzzle.
  public init(rating: ClosedRange<Double>? = nil) {
    self.rating = rating
  }
}
