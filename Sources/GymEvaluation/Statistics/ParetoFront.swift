/// The points that no other point dominates: no cheaper one is as good.
public enum ParetoFront {
  /// The indices of the front, cheapest first. Equal points are either all on it or all not. Points
  /// with a cost or value that is not a number are not on it.
  public static func indices(_ points: [CostPoint]) -> [Int] {
    let order = points.indices.filter { !points[$0].cost.isNaN && !points[$0].value.isNaN }.sorted {
      let (a, b) = (points[$0], points[$1])
      if a.cost != b.cost { return a.cost < b.cost }
      return a.value == b.value ? $0 < $1 : a.value > b.value
    }
    var front: [Int] = []
    for index in order {
      guard let last = front.last.map({ points[$0] }) else {
        front.append(index)
        continue
      }
      if points[index].value > last.value || points[index] == last { front.append(index) }
    }
    return front
  }
}

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
}
