extension String {
  /// The text with every control character but line ends and tabs written out, such as `\u{1B}`:
  /// what a message repeats cannot steer the terminal.
  var withVisibleControls: String {
    guard unicodeScalars.contains(where: Self.isHidden) else { return self }
    return unicodeScalars.map { scalar in
      Self.isHidden(scalar)
        ? "\\u{\(String(scalar.value, radix: 16, uppercase: true))}" : String(scalar)
    }.joined()
  }

  /// Whether a scalar steers a terminal, or turns the order of the text around it.
  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == "\n" || scalar == "\t" { return false }
    return scalar.properties.generalCategory == .control || scalar.properties.isBidiControl
  }
}
