/// A short excerpt of a process's output that is safe to print.
enum Excerpt {
  /// The beginning of a text, without control characters.
  static func of(_ text: some StringProtocol, limit: Int = 160) -> String {
    let shown = text.unicodeScalars.prefix(limit + 1).map {
      $0.properties.generalCategory == .control ? " " : Character($0)
    }
    return String(shown.prefix(limit)) + (shown.count > limit ? "…" : "")
  }

  /// The beginning of a line, in quotation marks.
  static func of(line: [UInt8]) -> String {
    "\"\(of(String(decoding: line.prefix(400), as: UTF8.self), limit: 60))\""
  }
}
