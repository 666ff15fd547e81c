/// A share of successes among independent trials.
public struct Proportion: Sendable, Hashable {
  /// The trials that succeeded, at most `count`.
  public let successes: Int
  /// All trials.
  public let count: Int

  /// - Precondition: `successes` is in 0...count.
  public init(_ successes: Int, of count: Int) {
    precondition(0 <= successes && successes <= count, "\(successes) of \(count)")
    (self.successes, self.count) = (successes, count)
  }

  /// The share; 0 if there were no trials.
  public var share: Double { count == 0 ? 0 : Double(successes) / Double(count) }

  /// Wilson's score interval of the share (JASA 22, 1927), without continuity correction; 0...1
  /// if there were no trials.
  ///
  /// - Precondition: `confidence` is above 0 and below 1.
  public func interval(confidence: Double = 0.95) -> ClosedRange<Double> {
    precondition(confidence > 0 && confidence < 1, "a confidence of \(confidence)")
    guard count > 0 else { return 0...1 }
    let n = Double(count)
    let z = NormalDistribution.quantile(0.5 + confidence / 2)
    let middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    let variance = share * (1 - share) / n + z * z / (4 * n * n)
    let half = z / (1 + z * z / n) * variance.squareRoot()
    // At 0 and 1, rounding could put the bound on the wrong side of the share.
    let low = successes == 0 ? 0 : min(max(0, middle - half), share)
    let high = successes == count ? 1 : max(min(1, middle + half), share)
    return low...high
  }
}
