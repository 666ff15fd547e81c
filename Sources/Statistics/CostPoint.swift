/// What something costs and what it is worth.
public struct CostPoint: Sendable, Hashable {
  /// What it takes, in the caller's unit: less is better.
  public let cost: Double
  /// What it is worth, in the caller's unit: more is better.
  public let value: Double

  /// A point of a cost and a value.
  public init(cost: Double, value: Double) {
    (self.cost, self.value) = (cost, value)
  }

  /// Whether this is at least as good as another in both, and better in one.
  public func dominates(_ other: CostPoint) -> Bool {
    cost <= other.cost && value >= other.value && (cost < other.cost || value > other.value)
  }
}
