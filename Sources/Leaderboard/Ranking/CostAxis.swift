/// A cost that accuracy is held against.
public enum CostAxis: String, Sendable, Hashable, CaseIterable {
  /// Floating-point operations of solving.
  case flops
  /// Trainable numbers.
  case parameters
  /// Seconds of solving.
  case seconds

  /// The cost of a ledger, if it is known and there is any: who counts nothing (a solver has no
  /// parameters and no floating-point operations) is not cheaper than all others, but another kind.
  public func cost(_ ledger: EntryLedger) -> Double? {
    let cost =
      switch self {
      case .flops: ledger.flops
      case .parameters: ledger.parameters.map(Double.init)
      case .seconds: ledger.seconds
      }
    return cost.flatMap { $0 > 0 ? $0 : nil }
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
