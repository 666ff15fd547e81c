import Foundation

/// Maps values to positions on a linear or logarithmic axis.
package struct Scale: Sendable, Hashable {
  /// How values are laid out.
  package enum Kind: Sendable, Hashable {
    case linear
    case logarithmic
  }

  /// One labeled position of an axis.
  package struct Tick: Sendable, Hashable {
    package let value: Double
    package let label: String

    package init(value: Double, label: String) { (self.value, self.label) = (value, label) }
  }

  package let kind: Kind
  /// The values at the ends; positive if the scale is logarithmic.
  package let domain: ClosedRange<Double>
  /// The positions at the ends, which may be reversed (upward on a screen).
  package let start, end: Double

  /// A scale around all values, with some margin; shares stay within 0 and 1.
  package static func share(_ values: [Double], from start: Double, to end: Double) -> Scale {
    let values = values.filter(\.isFinite).map { min(1, max(0, $0)) }
    let low = values.min() ?? 0
    let high = values.max() ?? 1
    // For spreads below 0.3, the whole range from 0 to 1 would hide the differences.
    let step = high - low < 0.12 ? 0.02 : high - low < 0.3 ? 0.05 : 0.1
    let whole = high - low >= 0.5
    let bottom = whole ? 0 : max(0, ((low - step / 2) / step).rounded(.down) * step)
    let top = whole && high > 0.85 ? 1 : min(1, ((high + step / 2) / step).rounded(.up) * step)
    return Scale(
      kind: .linear, domain: bottom...max(top, bottom + step), start: start, end: end)
  }

  /// A logarithmic scale around positive values, with a small margin.
  package static func cost(_ values: [Double], from start: Double, to end: Double) -> Scale {
    let positive = values.filter { (1e-300..<1e300).contains($0) }
    let low = positive.min() ?? 1
    let high = max(positive.max() ?? 10, low)
    // At least a factor of three, so that a single point is in the middle.
    let room = max(1.25, (3 / max(1, high / low)).squareRoot())
    return Scale(kind: .logarithmic, domain: low / room...high * room, start: start, end: end)
  }

  /// A linear scale that covers 0 and all values.
  package static func fromZero(_ values: [Double], from start: Double, to end: Double) -> Scale {
    let values = values.filter { abs($0) < 1e300 }
    let low = min(0, values.min() ?? 0)
    let high = max(0, values.max() ?? 1)
    return Scale(
      kind: .linear, domain: low...(high - low > 1e-300 ? high : low + 1), start: start, end: end)
  }

  /// A scale with the given values at its ends.
  package init(kind: Kind, domain: ClosedRange<Double>, start: Double, end: Double) {
    (self.kind, self.domain, self.start, self.end) = (kind, domain, start, end)
  }

  /// The position of a value, clamped to the axis.
  package func place(_ value: Double) -> Double {
    let low = transformed(domain.lowerBound)
    let high = transformed(domain.upperBound)
    guard value.isFinite, high > low else { return (start + end) / 2 }
    let share = (transformed(value) - low) / (high - low)
    return start + min(1, max(0, share)) * (end - start)
  }

  private func transformed(_ value: Double) -> Double {
    kind == .linear ? value : log10(max(value, .leastNormalMagnitude))
  }

  /// The title of an axis, which says so if it does not begin at zero.
  package func title(_ name: String, label: (Double) -> String) -> String {
    domain.lowerBound > 0 ? "\(name) (the axis starts at \(label(domain.lowerBound)))" : name
  }

  /// Positions for about `count` labels.
  package func ticks(about count: Int, label: (Double) -> String) -> [Tick] {
    let values = kind == .linear ? linearTicks(count) : logarithmicTicks(count)
    return values.map { Tick(value: $0, label: label($0)) }
  }

  private func linearTicks(_ count: Int) -> [Double] {
    let span = domain.upperBound - domain.lowerBound
    let rough = span / Double(max(1, count))
    let size = pow(10, log10(rough).rounded(.down))
    let step = [1, 2, 5, 10].map { $0 * size }.first { $0 >= rough * 0.999 } ?? size
    let first = Int((domain.lowerBound / step - 1e-9).rounded(.up))
    let last = Int((domain.upperBound / step + 1e-9).rounded(.down))
    return first <= last ? (first...last).map { Double($0) * step } : []
  }

  private func logarithmicTicks(_ count: Int) -> [Double] {
    let low = log10(domain.lowerBound)
    let high = log10(domain.upperBound)
    let decades = Int(low.rounded(.up))...max(Int(low.rounded(.up)), Int(high.rounded(.down)))
    let within = { (value: Double) in value >= low - 1e-9 && value <= high + 1e-9 }
    let powers = decades.map(Double.init).filter(within)
    if powers.count >= 3 {
      let stride = (powers.count + count - 1) / max(1, count)
      return powers.enumerated().filter { $0.offset % stride == 0 }.map { pow(10, $0.element) }
    }
    let around = Int(low.rounded(.down))...Int(high.rounded(.up))
    let fine = [[1.0, 2, 5], [1, 3]].map { digits in
      around.flatMap { power in digits.map { $0 * pow(10, Double(power)) } }
        .filter { within(log10($0)) }
    }
    return fine.first { $0.count <= count + 2 } ?? fine[1]
  }
}
