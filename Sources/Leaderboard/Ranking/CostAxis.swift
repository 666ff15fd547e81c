/// A cost that accuracy is held against.
public enum CostAxis: String, Sendable, Hashable, CaseIterable {
  case flops, parameters, seconds

  /// The cost of a ledger, where it is known.
  public func cost(_ ledger: Ledger) -> Double? {
    switch self {
    case .flops: ledger.flops
    case .parameters: ledger.parameters.map(Double.init)
    case .seconds: ledger.seconds
    }
  }

  /// What the axis shows, with its unit.
  public var title: String {
    switch self {
    case .flops: "FLOPs to solve all puzzles"
    case .parameters: "parameters"
    case .seconds: "seconds to solve all puzzles"
    }
  }
}
