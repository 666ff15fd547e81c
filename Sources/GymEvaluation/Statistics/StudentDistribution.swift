import Foundation

/// Student's t distribution.
public struct StudentDistribution: Sendable, Hashable {
  /// The degrees of freedom, at least one.
  public let degreesOfFreedom: Int

  /// - Precondition: there is at least one degree of freedom.
  public init(degreesOfFreedom: Int) {
    precondition(degreesOfFreedom > 0, "\(degreesOfFreedom) degrees of freedom")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The probability of a value up to `t`.
  public func cumulative(_ t: Double) -> Double {
    let upper = upperTail(abs(t))
    return t > 0 ? 1 - upper : upper
  }

  /// The value below which lies the probability `p`.
  ///
  /// - Precondition: `p` is above 0 and below 1.
  public func quantile(_ p: Double) -> Double {
    precondition(p > 0 && p < 1, "a probability of \(p)")
    let tail = min(p, 1 - p)
    if tail == 0.5 { return 0 }
    var (low, high) = (0.0, 1.0)
    while upperTail(high) > tail { (low, high) = (high, high * 2) }
    // Bisection to the last bit: slower than Newton's method, but safe.
    while true {
      let middle = low + (high - low) / 2
      guard low < middle, middle < high else { break }
      if upperTail(middle) > tail { low = middle } else { high = middle }
    }
    return p < 0.5 ? -high : high
  }

  /// The probability of a value above t ≥ 0.
  private func upperTail(_ t: Double) -> Double {
    let n = Double(degreesOfFreedom)
    return 0.5 * IncompleteBeta.regularized(n / (n + t * t), t * t / (n + t * t), n / 2, 0.5)
  }
}
