import Foundation

/// Numbers in readable form: three significant digits, separated thousands, units spelled out.
enum Figures {
  /// A share as a percentage with one decimal: "97.3 %"; "100\u{A0}%" and "0\u{A0}%" only if exact.
  static func percent(_ share: Double) -> String {
    guard share.isFinite else { return "–" }
    if share <= 0 { return "0\u{A0}%" }
    if share >= 1 { return "100\u{A0}%" }
    return fixed(min(99.9, max(0.1, share * 100)), 1) + "\u{A0}%"
  }

  /// A count with thin spaces between thousands.
  static func count(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "\u{202F}" }
      text.append(digit)
    }
    return value < 0 ? "−" + text : text
  }

  /// A large number with a prefix: "1.25 T", "830 k".
  static func scaled(_ value: Double) -> String {
    guard value.isFinite else { return "–" }
    let steps: [(Double, String)] = [
      (1e18, "E"), (1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"),
    ]
    for (size, prefix) in steps where abs(value) >= size * 0.9995 {
      if value / size >= 1e4 { return fixed(value / size, 0) + "\u{A0}" + prefix }
      return significant(value / size) + "\u{A0}" + prefix
    }
    return significant(value)
  }

  /// A duration: "12 µs", "3.4 ms", "2.1 s", "3 min", "5.2 h".
  static func seconds(_ value: Double) -> String {
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

  /// A p-value: "0.03", "< 0.001".
  static func probability(_ p: Double) -> String {
    guard p.isFinite else { return "–" }
    if p < 0.001 { return "< 0.001" }
    return p < 0.1 ? fixed(p, 3) : fixed(p, 2)
  }

  /// A number with a given number of decimals.
  static func fixed(_ value: Double, _ decimals: Int) -> String {
    String(format: "%.\(decimals)f", locale: Locale(identifier: "en_US_POSIX"), value)
  }

  /// Three significant digits, without trailing zeros.
  static func significant(_ value: Double) -> String {
    let size = abs(value)
    let text = fixed(value, size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3)
    guard text.contains(".") else { return text }
    let trimmed = text.reversed().drop { $0 == "0" }
    return String((trimmed.first == "." ? trimmed.dropFirst() : trimmed).reversed())
  }

  /// A day: "2026-01-31".
  static func day(_ date: Date) -> String {
    String(date.formatted(.iso8601).prefix(10))
  }
}
