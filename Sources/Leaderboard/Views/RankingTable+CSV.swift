extension RankingTable {
  /// The rows in the format of RFC 4180, with lines ended by CR LF and the titles first.
  ///
  /// A text that a spreadsheet would interpret as a formula gets an apostrophe in front.
  public var csv: String {
    let lines = [titles] + rows.map { $0.map(Self.csv) }
    return lines.map { $0.joined(separator: ",") + "\r\n" }.joined()
  }

  /// The rows of several rankings in the same format, without the parts by level: the benchmark's
  /// name comes first.
  public static func csv(of rankings: [Ranking]) -> String {
    let titles = ["benchmark"] + fixedTitles
    let rows = rankings.flatMap { ranking in
      RankingTable(ranking).rows.map { row in
        [csv(.text(ranking.benchmark.name))] + row.prefix(fixedTitles.count).map(csv)
      }
    }
    return ([titles] + rows).map { $0.joined(separator: ",") + "\r\n" }.joined()
  }

  private static func csv(_ cell: Cell) -> String {
    switch cell {
    case .nothing: return ""
    case .plain(let text): return text
    case .text(let text):
      let first = text.unicodeScalars.first { $0 != " " }
      // Some spreadsheets treat the full-width forms as the same characters.
      let signs = "=+-@\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars
      let safe = (first.map(signs.contains) ?? false ? "'" : "") + text
      return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
  }
}
