import Foundation

extension Double {
  /// A share as a percentage with one decimal.
  var percent: String { "\(fixed(1, of: self * 100)) %" }

  /// Seconds as hours, minutes and seconds.
  var clockTime: String {
    guard isFinite, self >= 0, self < 1e9 else { return "?" }
    let seconds = Int(rounded())
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
    let tail = [minutes, seconds % 60].map { ($0 < 10 ? "0" : "") + String($0) }
    return (hours > 0 ? ["\(hours)"] + tail : tail).joined(separator: ":")
  }
}

/// A number with a given number of decimals.
func fixed(_ decimals: Int, of value: Double) -> String {
  String(format: "%.\(decimals)f", value)
}
