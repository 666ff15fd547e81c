/// Rows of text in columns that fit a width.
///
/// If a line would be too long, the least important columns are dropped, then texts that may be cut
/// are, then the last column wraps, and at last other columns of several words do.
package struct TextTable {
  /// The alignment of a column, and whether its texts may be cut.
  package enum Side: Sendable {
    case left, right
    /// Left-aligned, and cut if the line would be too long.
    case shortened
  }

  private struct Column {
    let title: String
    let side: Side
    let importance: Int
    let texts: [String]
    /// The columns of the terminal that it takes uncut.
    let width: Int

    /// The columns of the terminal that it takes if its texts wrap between words.
    var least: Int {
      texts.joined(separator: " ").split(separator: " ")
        .reduce(title.displayWidth) { max($0, String($1).displayWidth) }
    }
  }

  /// The importance of a column that is never dropped.
  package static let always = 99
  private static let gap = "  "
  private static let shortest = 12
  private var heads: [(title: String, side: Side, importance: Int)]
  private var rows: [[String]] = []

  /// A table without rows, of which all columns are shown.
  package init(_ columns: (title: String, side: Side)...) {
    self.init(columns.map { ($0.title, $0.side, Self.always) })
  }

  /// A table without rows; the least important columns are dropped first.
  package init(_ columns: [(title: String, side: Side, importance: Int)]) {
    heads = columns
  }

  /// - Precondition: there is a text for each column.
  package mutating func add(_ row: String...) { add(row) }

  /// - Precondition: there is a text for each column.
  package mutating func add(_ row: [String]) {
    precondition(row.count == heads.count)
    rows.append(row)
  }

  /// The table as text, each line ending in a newline.
  package func text(width: Int) -> String {
    let parts = lines(width: width)
    return ([parts.head, parts.rule] + parts.rows).map { $0 + "\n" }.joined()
  }

  /// The titles, a line across all columns, and the text of each row, which may be several lines.
  package func lines(width: Int) -> (head: String, rule: String, rows: [String]) {
    let columns = columns(width: width)
    let widths = Self.widths(of: columns, in: width)
    let rows = rows.indices.map { row -> String in
      let cells = zip(columns, widths).map { column, width -> [String] in
        let text = column.texts[row]
        if column.side == .shortened { return [text.shortened(to: width)] }
        return text.displayWidth > width ? text.wrapped(to: width) : [text]
      }
      return (0..<(cells.map(\.count).max() ?? 1)).map { line in
        Self.line(cells.map { line < $0.count ? $0[line] : "" }, columns, widths)
      }.joined(separator: "\n")
    }
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: Self.gap)
    return (Self.line(columns.map(\.title), columns, widths), rule, rows)
  }

  /// The widths of columns, which fit a width if their words do.
  private static func widths(of columns: [Column], in width: Int) -> [Int] {
    let excess = max(0, total(columns.map(\.width)) - width)
    var widths = columns.map { $0.side == .shortened ? max(4, $0.width - excess) : $0.width }
    func narrow(_ index: Int, to least: Int) {
      let excess = max(0, total(widths) - width)
      widths[index] = min(widths[index], max(least, widths[index] - excess))
    }
    guard let last = columns.indices.last else { return [] }
    narrow(last, to: 24)
    let others = columns.indices.dropLast().filter { columns[$0].side == .left }
    for index in others.sorted(by: { columns[$0].width > columns[$1].width }) {
      narrow(index, to: columns[index].least)
    }
    return widths
  }

  /// The columns that are shown.
  private func columns(width: Int) -> [Column] {
    var columns = heads.enumerated().map { index, head -> Column in
      let texts = rows.map { $0[index] }
      return Column(
        title: head.title, side: head.side, importance: head.importance, texts: texts,
        width: texts.reduce(head.title.displayWidth) { max($0, $1.displayWidth) })
    }
    func least() -> Int {
      Self.total(columns.map { $0.side == .shortened ? min(Self.shortest, $0.width) : $0.width })
    }
    while least() > width, let low = columns.map(\.importance).min(), low < Self.always,
      let index = columns.lastIndex(where: { $0.importance == low })
    {
      columns.remove(at: index)
    }
    return columns
  }

  private static func total(_ widths: [Int]) -> Int {
    widths.reduce(-gap.count) { $0 + gap.count + $1 }
  }

  private static func line(_ texts: [String], _ columns: [Column], _ widths: [Int]) -> String {
    let cells = texts.indices.map { index -> String in
      let room = String(repeating: " ", count: max(0, widths[index] - texts[index].displayWidth))
      return columns[index].side == .right ? room + texts[index] : texts[index] + room
    }
    let text = cells.joined(separator: gap)
    return String(text.reversed().drop { $0 == " " }.reversed())
  }
}

extension String {
  /// The approximate number of terminal columns of the text: two per East Asian wide character or
  /// emoji, none per combining mark.
  package var displayWidth: Int {
    if utf8.allSatisfy({ $0 < 0x80 }) { return count }
    return reduce(0) { $0 + $1.displayWidth }
  }

  /// The text, truncated with an ellipsis if it takes more columns.
  package func shortened(to width: Int) -> String {
    guard utf8.count > width, displayWidth > width else { return self }
    var (text, left) = ("", width - 1)
    for character in self {
      left -= character.displayWidth
      guard left >= 0 else { break }
      text.append(character)
    }
    return text + "…"
  }

  /// The text in lines of at most `width` columns, broken between words; at least one line.
  package func wrapped(to width: Int) -> [String] {
    var (lines, room) = ([""], width)
    for word in split(separator: " ") {
      let length = word.reduce(0) { $0 + $1.displayWidth }
      if lines[lines.count - 1].isEmpty {
        lines[lines.count - 1] = String(word)
        room = width - length
      } else if length < room {
        lines[lines.count - 1] += " " + word
        room -= length + 1
      } else {
        lines.append(String(word))
        room = width - length
      }
    }
    return lines
  }
}

extension Character {
  fileprivate var displayWidth: Int {
    switch unicodeScalars.first.map(\.value) ?? 0 {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      2
    default: 1
    }
  }
}
