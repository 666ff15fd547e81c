/// An agent's training curve, from its run's `metrics.jsonl`, thinned to a few hundred points.
public struct TrainingCurve: Sendable, Hashable {
  /// One point.
  public struct Point: Sendable, Hashable {
    /// The training steps so far.
    public let step: Int
    /// The seconds of training so far, if known.
    public let seconds: Double?
    /// The floating-point operations of training so far, if known.
    public let flops: Double?
    /// The mean loss, if known.
    public let loss: Double?
    /// The share of training puzzles solved completely, if known.
    public let exact: Double?
    /// The share of validation puzzles solved completely, if it was measured at this step.
    public let validation: Double?

    /// A point; shares are in 0...1.
    public init(
      step: Int, seconds: Double? = nil, flops: Double? = nil, loss: Double? = nil,
      exact: Double? = nil, validation: Double? = nil
    ) {
      (self.step, self.seconds, self.flops) = (step, seconds, flops)
      (self.loss, self.exact, self.validation) = (loss, exact, validation)
    }
  }

  /// The maximum number of points that are kept.
  public static let limit = 400

  /// The points, by increasing step.
  public let points: [Point]

  /// A curve; from more than `limit` points, evenly spaced ones are kept, including the first and
  /// last. Points on validation puzzles are few, and are kept before all others.
  public init(_ points: [Point]) {
    let sorted = points.sorted { $0.step < $1.step }
    guard sorted.count > Self.limit else {
      self.points = sorted
      return
    }
    let validated = sorted.filter { $0.validation != nil }.evenly(Self.limit / 2)
    let others = sorted.filter { $0.validation == nil }
    self.points = (others.evenly(Self.limit - validated.count) + validated)
      .sorted { $0.step < $1.step }
  }
}

extension [TrainingCurve.Point] {
  /// At most `limit` elements, evenly spaced, including the first and the last.
  fileprivate func evenly(_ limit: Int) -> [Element] {
    count <= limit ? self : (0..<limit).map { self[$0 * (count - 1) / (limit - 1)] }
  }
}
