/// What something costs and what it is worth.
public struct CostPoint: Sendable, Hashable {
  public let cost: Double
  public let value: Double

  public init(cost: Double, value: Double) {
    (self.cost, self.value) = (cost, value)
  }

  /// Whether this is at least as good as another in both, and better in one.
  public func dominates(_ other: CostPoint) -> Bool {
    cost <= other.cost && value >= other.value && (cost < other.cost || value > other.value)
  }
}
