extension RankingTable {
  /// The rows as RFC 4180 has them, lines ended by CR LF, titles first.
  ///
  /// A text that a spreadsheet would take for a formula gets an apostrophe in front.
  public var csv: String {
    let lines = [titles] + rows.map { $0.map(Self.csv) }
    return lines.map { $0.joined(separator: ",") + "\r\n" }.joined()
  }

  private static func csv(_ cell: Cell) -> String {
    switch cell {
    case .nothing: return ""
    case .plain(let text): return text
    case .text(let text):
      let first = text.unicodeScalars.first { $0 != " " }
      // The full-width forms are taken for the same signs by some spreadsheets.
      let signs = "=+-@\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars
      let safe = (first.map(signs.contains) ?? false ? "'" : "") + text
      return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
  }
}
