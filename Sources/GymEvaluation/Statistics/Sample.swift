/// A few measurements of the same thing, such as one agent's accuracy under several seeds.
public struct Sample: Sendable, Hashable {
  /// The number of measurements, at least one.
  public let count: Int
  /// The arithmetic mean.
  public let mean: Double
  /// The standard deviation, with n − 1 in the denominator; nil for a single measurement.
  public let standardDeviation: Double?

  /// - Precondition: there is at least one value, and all are finite.
  public init(_ values: [Double]) {
    precondition(!values.isEmpty && values.allSatisfy(\.isFinite), "finite values, one at least")
    count = values.count
    let first = values.reduce(0, +) / Double(values.count)
    // A second pass removes the rounding error of the first.
    let mean = first + values.reduce(0) { $0 + ($1 - first) } / Double(values.count)
    self.mean = mean
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    standardDeviation =
      values.count < 2 ? nil : (squares / Double(values.count - 1)).squareRoot()
  }

  /// Student's t interval of the mean; nil for a single measurement.
  ///
  /// - Precondition: `confidence` is above 0 and below 1.
  public func interval(confidence: Double = 0.95) -> ClosedRange<Double>? {
    precondition(confidence > 0 && confidence < 1, "a confidence of \(confidence)")
    guard let standardDeviation else { return nil }
    let t = StudentDistribution(degreesOfFreedom: count - 1).quantile(0.5 + confidence / 2)
    let half = t * standardDeviation / Double(count).squareRoot()
    return mean - half...mean + half
  }

  /// The interval of a mean of shares that were each found in the same trials, such as puzzles. It
  /// extends as far as the spread of the shares (Student's t) or the number of trials (Wilson)
  /// requires, whichever is wider, within 0...1.
  ///
  /// - Precondition: `confidence` is above 0 and below 1.
  public func shareInterval(trials: Int, confidence: Double = 0.95) -> ClosedRange<Double> {
    let successes = Int((min(1, max(0, mean)) * Double(trials)).rounded())
    let open = Proportion(successes, of: trials).interval(confidence: confidence)
    guard let spread = interval(confidence: confidence) else { return open }
    return min(
      open.lowerBound, max(0, spread.lowerBound))...max(
        open.upperBound, min(1, spread.upperBound))
  }
}
