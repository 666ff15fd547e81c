/// The cost and the value of something.
public struct CostPoint: Sendable, Hashable {
  /// The cost, in the caller's unit: less is better.
  public let cost: Double
  /// The value, in the caller's unit: more is better.
  public let value: Double

  /// A point from a cost and a value.
  public init(cost: Double, value: Double) {
    (self.cost, self.value) = (cost, value)
  }

  /// Whether this is at least as good as another in both, and better in one.
  public func dominates(_ other: CostPoint) -> Bool {
    cost <= other.cost && value >= other.value && (cost < other.cost || value > other.value)
  }
}
