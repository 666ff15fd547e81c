import Foundation

/// McNemar's exact test (Psychometrika 12, 1947): whether two participants that answered the same
/// puzzles differ.
///
/// Only puzzles that exactly one of them solved count. If both were equally good, each of those
/// would be a fair coin toss; p is the probability of a split at least as uneven.
public struct McNemarTest: Sendable, Hashable {
  /// The number of puzzles that only the first solved.
  public let wins: Int
  /// The number of puzzles that only the second solved.
  public let losses: Int
  /// The natural logarithm of the two-sided p-value, which is finite even if p itself underflows.
  public let logPValue: Double

  /// - Precondition: neither count is negative.
  public init(wins: Int, losses: Int) {
    precondition(wins >= 0 && losses >= 0, "\(wins) wins and \(losses) losses")
    (self.wins, self.losses) = (wins, losses)
    let fewer = min(wins, losses)
    // An even split, or one that is off by a single toss, has all probability in its two tails.
    if abs(wins - losses) <= 1 {
      logPValue = 0
    } else {
      let tail = FairCoin.logTail(upTo: fewer, of: wins + losses)
      logPValue = min(0, tail + log(2))
    }
  }

  /// The two-sided p-value.
  public var pValue: Double { exp(logPValue) }
}

/// Tosses of a fair coin: the binomial distribution with p = 1/2.
enum FairCoin {
  /// The logarithm of the probability of at most `k` heads in `n` tosses, for k < n / 2.
  ///
  /// The last term is the largest; those before it fall at least geometrically, and the sum stops
  /// once they no longer matter.
  static func logTail(upTo k: Int, of n: Int) -> Double {
    var (sum, term) = (1.0, 1.0)
    var heads = k
    while heads > 0, term > sum * 1e-18 {
      term *= Double(heads) / Double(n - heads + 1)
      sum += term
      heads -= 1
    }
    return logProbability(of: k, in: n) + log(sum)
  }

  /// The logarithm of the probability of exactly `k` heads in `n` tosses, in Loader's saddle-point
  /// form ("Fast and accurate computation of binomial probabilities", 2000), whose relative error
  /// stays near 1e-15, whereas differences of log Γ would lose digits.
  static func logProbability(of k: Int, in n: Int) -> Double {
    if k == 0 || k == n { return -Double(n) * log(2) }
    let (x, y, total) = (Double(k), Double(n - k), Double(n))
    let exponent =
      stirlingError(n) - stirlingError(k) - stirlingError(n - k)
      - deviance(x, total / 2) - deviance(y, total / 2)
    return exponent + 0.5 * log(total / (2 * .pi * x * y))
  }

  /// ln n! − ln(√(2πn) (n/e)ⁿ).
  private static func stirlingError(_ n: Int) -> Double {
    let x = Double(n)
    if n <= 15 {
      // The product is exact: 15! has 41 bits.
      let factorial = (1...max(1, n)).reduce(1.0) { $0 * Double($1) }
      return log(factorial) - 0.5 * log(2 * .pi * x) - x * log(x) + x
    }
    let square = x * x
    return
      (1 / 12.0
      - (1 / 360.0 - (1 / 1260.0 - (1 / 1680.0 - 1 / 1188.0 / square) / square) / square) / square)
      / x
  }

  /// x ln(x / m) + m − x, without the cancellation near x = m.
  private static func deviance(_ x: Double, _ m: Double) -> Double {
    let difference = x - m
    guard abs(difference) < 0.1 * (x + m) else { return x * log(x / m) - difference }
    let ratio = difference / (x + m)
    var sum = difference * ratio
    var power = 2 * x * ratio
    var index = 3.0
    while true {
      power *= ratio * ratio
      let next = sum + power / index
      if next == sum { return sum }
      sum = next
      index += 2
    }
  }
}

/// Holm's correction for several tests at once (Scand. J. Statist. 6, 1979): at a level of 5 %, the
/// probability of declaring any true equality a difference is at most 5 %.
public enum HolmCorrection {
  /// The adjusted p-value of each test, in the given order: it is below a level if and only if
  /// Holm's procedure rejects at that level.
  ///
  /// - Precondition: every p-value is in 0...1.
  public static func adjusted(_ pValues: [Double]) -> [Double] {
    precondition(pValues.allSatisfy { (0...1).contains($0) }, "a p is in 0...1")
    var adjusted = pValues
    var highest = 0.0
    let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    for (place, index) in order.enumerated() {
      highest = max(highest, min(1, pValues[index] * Double(pValues.count - place)))
      adjusted[index] = highest
    }
    return adjusted
  }
}
