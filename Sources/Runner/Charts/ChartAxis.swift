import Foundation

/// An axis of a chart: its range and its ticks.
package struct ChartAxis {
  let isLogarithmic: Bool
  let range: ClosedRange<Double>
  package let ticks: [Double]

  /// An axis that covers all values. A logarithmic one ignores values that are not positive.
  package init(of values: [Double], isLogarithmic: Bool = false) {
    let values = values.filter { $0.isFinite && (!isLogarithmic || $0 > 0) }
    let least = values.min() ?? (isLogarithmic ? 1 : 0)
    let most = values.max() ?? (isLogarithmic ? 10 : 1)
    self.isLogarithmic = isLogarithmic
    if isLogarithmic {
      range = least / 1.3...most * 1.3
      ticks = Self.powerTicks(range)
    } else {
      range = min(0, least)...(most > min(0, least) ? most : min(0, least) + 1)
      ticks = Self.evenTicks(range)
    }
  }

  /// An axis of shares from 0 to 1.
  package static let shares = ChartAxis()

  private init() {
    isLogarithmic = false
    range = 0...1
    ticks = [0, 0.2, 0.4, 0.6, 0.8, 1]
  }

  /// The position of a value, from 0 at the start of the axis to 1 at its end; nil if it has none.
  package func place(of value: Double) -> Double? {
    guard value.isFinite else { return nil }
    if isLogarithmic {
      guard value > 0 else { return nil }
      return (log(value) - log(range.lowerBound)) / (log(range.upperBound) - log(range.lowerBound))
    }
    return (value - range.lowerBound) / (range.upperBound - range.lowerBound)
  }

  /// About five even steps of 1, 2 or 5 times a power of ten.
  private static func evenTicks(_ range: ClosedRange<Double>) -> [Double] {
    let rough = (range.upperBound - range.lowerBound) / 5
    guard rough.isNormal, rough > 1e-290 else { return [range.lowerBound, range.upperBound] }
    let power = pow(10, floor(log10(rough)))
    let step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= rough * 0.999 } ?? rough
    let first = ceil(range.lowerBound / step - 1e-9)
    return (0...20).map { (first + Double($0)) * step }.filter { $0 <= range.upperBound * 1.0001 }
  }

  /// Powers of ten and, if there are few, 2 and 5 times them.
  private static func powerTicks(_ range: ClosedRange<Double>) -> [Double] {
    let (low, high) = (Int(floor(log10(range.lowerBound))), Int(ceil(log10(range.upperBound))))
    let factors: [Double] = high - low <= 3 ? [1, 2, 5] : [1]
    let stride = max(1, (high - low) / 8)
    return (low...high).filter { ($0 - low) % stride == 0 }
      .flatMap { power in factors.map { $0 * pow(10, Double(power)) } }
      .filter(range.contains)
  }
}
