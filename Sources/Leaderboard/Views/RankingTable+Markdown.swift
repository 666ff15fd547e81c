extension RankingTable {
  /// The rows as a Markdown table, in which external texts are never markup.
  public var markdown: String {
    let rule = titles.map { _ in "---" }
    let lines = [titles, rule] + rows.map { $0.map(Self.markdown) }
    return lines.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
  }

  private static func markdown(_ cell: Cell) -> String {
    switch cell {
    case .nothing: ""
    case .plain(let text): text
    case .text(let text): escapedForMarkdown(text)
    }
  }

  /// Replaces every character that may start markup, an address or a mention by its number.
  static func escapedForMarkdown(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      let isSafe =
        scalar.value > 127 || scalar == " " || scalar.properties.isAlphabetic
        || scalar.properties.numericType != nil || scalar == "-" && text.first != "-"
        || scalar == ","
      return isSafe ? String(scalar) : "&#\(scalar.value);"
    }.joined()
  }
}
