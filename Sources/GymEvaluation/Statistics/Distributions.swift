import Foundation

/// The normal distribution with mean 0 and variance 1.
public enum NormalDistribution {
  /// The probability of a value up to `x`.
  public static func cumulative(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

  /// The value below which lies the probability `p`, accurate to about 1e-15.
  ///
  /// - Precondition: `p` is above 0 and below 1.
  public static func quantile(_ p: Double) -> Double {
    precondition(p > 0 && p < 1, "a probability of \(p)")
    if p > 0.5 { return -quantile(1 - p) }
    // Abramowitz and Stegun 26.2.23, to 4.5e-4; then Halley's steps, each of third order.
    let t = (-2 * log(p)).squareRoot()
    let numerator = 2.515517 + t * (0.802853 + t * 0.010328)
    let denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    var x = numerator / denominator - t
    for _ in 0..<3 {
      let density = exp(-x * x / 2) / (2 * Double.pi).squareRoot()
      guard density > 0 else { break }
      let step = (cumulative(x) - p) / density
      x -= step / (1 + x * step / 2)
    }
    return x
  }
}

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

/// The regularized incomplete beta function.
enum IncompleteBeta {
  /// I_x(a, b), with y = 1 − x passed separately so that neither loses digits near 0.
  static func regularized(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
    if x <= 0 { return 0 }
    if y <= 0 { return 1 }
    // The fraction converges fast on this side; the other side follows by symmetry.
    if x > (a + 1) / (a + b + 2) { return 1 - regularized(y, x, b, a) }
    let scale = logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log(y)
    return exp(scale) * fraction(x, a, b) / a
  }

  /// The continued fraction (Abramowitz and Stegun 26.5.8), by Lentz's method.
  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    func notZero(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
    var c = 1.0
    var d = 1 / notZero(1 - (a + b) * x / (a + 1))
    var result = d
    for index in 1...100_000 {
      let m = Double(index)
      for numerator in [
        m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
        -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
      ] {
        d = 1 / notZero(1 + numerator * d)
        c = notZero(1 + numerator / c)
        result *= c * d
      }
      if abs(c * d - 1) < 1e-15 { break }
    }
    return result
  }

  private static func logGamma(_ x: Double) -> Double {
    // Swift's own overload, which also returns the sign and writes no global variable.
    let (value, _): (Double, Int) = lgamma(x)
    return value
  }
}
