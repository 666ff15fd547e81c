import Foundation

/// Numbers in readable form: three significant digits, separated thousands, units spelled out.
///
/// A number and its unit are joined by a no-break space, as on pages.
package enum Figures {
  /// A share as a percentage with one decimal: "97.3 %"; "100\u{A0}%" and "0\u{A0}%" only if exact.
  package static func percent(_ share: Double) -> String {
    share.isFinite ? hundredths(share) + "\u{A0}%" : "–"
  }

  /// The number of a percentage, without its sign.
  package static func hundredths(_ share: Double) -> String {
    if share <= 0 { return "0" }
    if share >= 1 { return "100" }
    return fixed(1, of: min(99.9, max(0.1, share * 100)))
  }

  /// A count with thin spaces between thousands.
  package static func count(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "\u{202F}" }
      text.append(digit)
    }
    return value < 0 ? "−" + text : text
  }

  /// A large number with a prefix: "1.25 T", "830 k".
  package static func scaled(_ value: Double) -> String {
    guard value.isFinite else { return "–" }
    if abs(value) >= 1e22 { return scientific(value) }
    let steps: [(Double, String)] = [
      (1e18, "E"), (1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"),
    ]
    for (size, prefix) in steps where abs(value) >= size * 0.9995 {
      let number = abs(value) / size >= 1e4 ? fixed(0, of: value / size) : significant(value / size)
      return number + "\u{A0}" + prefix
    }
    return significant(value)
  }

  /// A large number in words: "27.3 million", "300 trillion".
  package static func worded(_ value: Double) -> String {
    let steps: [(Double, String)] = [
      (1e18, "quintillion"), (1e15, "quadrillion"), (1e12, "trillion"), (1e9, "billion"),
      (1e6, "million"),
    ]
    guard let (size, name) = steps.first(where: { value >= $0.0 * 0.9995 }), value < 1e22 else {
      return scaled(value)
    }
    return significant(value / size) + "\u{A0}" + name
  }

  /// A large number of units: "2.5 GFLOP", "12 B".
  package static func scaled(_ value: Double, _ unit: String) -> String {
    let number = scaled(value)
    // A prefix stands at the unit; anything else stands apart from it.
    return number + (number.last?.isLetter == true ? "" : "\u{A0}") + unit
  }

  /// A duration: "12 µs", "3.4 ms", "2.1 s", "3 min", "5.2 h".
  package static func seconds(_ value: Double) -> String {
    guard value.isFinite, value >= 0 else { return "–" }
    switch value {
    case 0: return "0 s"
    case ..<1e-3: return significant(value * 1e6) + "\u{A0}µs"
    case ..<1: return significant(value * 1e3) + "\u{A0}ms"
    case ..<120: return significant(value) + "\u{A0}s"
    case ..<7200: return significant(value / 60) + "\u{A0}min"
    default: return significant(value / 3600) + "\u{A0}h"
    }
  }

  /// A duration as on a clock, in hours, minutes and seconds: "1:02:03", "02:03".
  package static func clock(_ value: Double) -> String {
    guard value.isFinite, value >= 0, value < 1e9 else { return "?" }
    let seconds = Int(value.rounded())
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
    let tail = [minutes, seconds % 60].map { ($0 < 10 ? "0" : "") + String($0) }
    return (hours > 0 ? ["\(hours)"] + tail : tail).joined(separator: ":")
  }

  /// A p-value: "0.03", "< 0.001". One beside 0.05, which decides on significance, has as many
  /// digits as tell on which side it is: "0.0496".
  package static func probability(_ p: Double) -> String {
    guard p.isFinite else { return "–" }
    if p < 0.001 { return "< 0.001" }
    var decimals = p < 0.1 ? 3 : 2
    while decimals < 8, p != 0.05, Double(fixed(decimals, of: p)) == 0.05 { decimals += 1 }
    return fixed(decimals, of: p)
  }

  /// "= 0.03", "< 0.001": the text after the letter p.
  package static func relation(_ p: Double) -> String {
    p < 0.001 ? "< 0.001" : "= " + probability(p)
  }

  /// A number with a given number of decimals.
  package static func fixed(_ decimals: Int, of value: Double) -> String {
    String(format: "%.\(decimals)f", locale: Locale(identifier: "en_US_POSIX"), value)
  }

  /// Three significant digits, without trailing zeros; two and a power of ten if it is very small.
  package static func significant(_ value: Double) -> String {
    guard value.isFinite else { return "–" }
    let size = abs(value)
    if size > 0, size < 5e-4 { return scientific(value) }
    let text = fixed(size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3, of: value)
    guard text.contains(".") else { return text }
    let trimmed = text.reversed().drop { $0 == "0" }
    return String((trimmed.first == "." ? trimmed.dropFirst() : trimmed).reversed())
  }

  /// Two digits and a power of ten: "3.1e-5".
  private static func scientific(_ value: Double) -> String {
    let power = max(-323, log10(abs(value) * 1.005).rounded(.down))
    return significant((value / pow(10, power) * 10).rounded() / 10) + "e\(Int(power))"
  }

  /// A day: "2026-01-31".
  package static func day(_ date: Date) -> String {
    String(date.formatted(.iso8601).prefix(10))
  }
}

/// Numbers with ordinary spaces, for terminals and for files that programs search.
extension Double {
  /// A share as a percentage: "97.3 %".
  package var percent: String { Figures.percent(self).plain }

  /// Seconds as hours, minutes and seconds.
  package var clockTime: String { Figures.clock(self) }

  /// A large number with a prefix: "27.3 M".
  package var compact: String { Figures.scaled(self).plain }

  /// Floating-point operations: "2.5 GFLOP".
  package var operations: String { Figures.scaled(self, "FLOP").plain }
}

extension String {
  fileprivate var plain: String { replacing("\u{A0}", with: " ") }
}
