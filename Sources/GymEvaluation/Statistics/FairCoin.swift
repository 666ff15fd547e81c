import Foundation

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
