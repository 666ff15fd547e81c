/// A cost to plot accuracy against.
public enum CostAxis: String, Sendable, Hashable, CaseIterable {
  /// Floating-point operations of solving.
  case flops
  /// Trainable parameters.
  case parameters
  /// Seconds of solving.
  case seconds
  /// Floating-point operations of training.
  case trainingFlops = "training-flops"

  /// The cost in a usage report, if it is known and positive: a participant that counts nothing (a
  /// solver has no parameters and no floating-point operations) is not cheaper than all others, but
  /// of another kind.
  public func cost(_ usage: UsageReport) -> Double? {
    let cost =
      switch self {
      case .flops: usage.flops
      case .parameters: usage.parameters.map(Double.init)
      case .seconds: usage.seconds
      case .trainingFlops: usage.trainingFlops
      }
    return cost.flatMap { $0 > 0 ? $0 : nil }
  }

  /// The title of the axis, with its unit.
  public var title: String {
    switch self {
    case .flops: "FLOPs to solve all puzzles"
    case .parameters: "parameters"
    case .seconds: "seconds to solve all puzzles"
    case .trainingFlops: "FLOPs of training"
    }
  }
}
