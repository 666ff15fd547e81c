import Foundation

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
