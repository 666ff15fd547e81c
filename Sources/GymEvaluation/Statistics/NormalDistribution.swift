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
