import GymJSON

/// A share of successes among independent trials, such as the puzzles that were solved.
public struct Proportion: Sendable, Hashable {
  /// The trials that succeeded, at most `count`.
  public private(set) var successes: Int
  /// All trials.
  public private(set) var count: Int

  /// No trials yet, unless numbers are given.
  ///
  /// - Precondition: `successes` is in 0...count.
  public init(_ successes: Int = 0, of count: Int = 0) {
    precondition(0 <= successes && successes <= count, "\(successes) of \(count)")
    (self.successes, self.count) = (successes, count)
  }

  /// Counts one more trial.
  public mutating func add(_ isSuccess: Bool) {
    count += 1
    if isSuccess { successes += 1 }
  }

  /// The trials of both together.
  public static func + (a: Proportion, b: Proportion) -> Proportion {
    Proportion(a.successes + b.successes, of: a.count + b.count)
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

  /// The proportion of solved puzzles as JSON, with its share and 95 % interval.
  public var json: JSON {
    [
      "count": JSON(count), "solved": JSON(successes),
      "accuracy": .number(share), "interval": interval().json,
    ]
  }
}

extension ClosedRange<Double> {
  /// The bounds as an array of two numbers.
  public var json: JSON { [.number(lowerBound), .number(upperBound)] }
}
