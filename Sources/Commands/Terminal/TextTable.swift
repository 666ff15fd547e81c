/// Rows of text in columns that fit a width.
struct TextTable {
  /// The alignment of a column.
  enum Side {
    case left, right
  }

  private let columns: [(title: String, side: Side)]
  private var rows: [[String]] = []
  private static let gap = "  "

  /// A table without rows.
  init(_ columns: (title: String, side: Side)...) {
    self.columns = columns
  }

  /// - Precondition: there is a text for each column.
  mutating func add(_ row: String...) {
    precondition(row.count == columns.count)
    rows.append(row)
  }

  var isEmpty: Bool { rows.isEmpty }

  /// The table as text, each line ending in a newline. If the columns do not fit, the last one
  /// wraps.
  func text(width: Int) -> String {
    let widths = columns.indices.map { column in
      ([columns[column].title] + rows.map { $0[column] }).map(\.count).max() ?? 0
    }
    let before = widths.dropLast().reduce(0) { $0 + $1 + Self.gap.count }
    let room = max(24, width - before)
    let head = line(columns.map(\.title), widths)
    let rule =
      widths.dropLast().map { String(repeating: "─", count: $0) }
      + [String(repeating: "─", count: min(room, widths.last ?? 0))]
    let body = rows.flatMap { row -> [String] in
      let parts = Self.wrap(row[row.count - 1], to: room)
      return parts.enumerated().map { index, part in
        line((index == 0 ? row.dropLast() : row.dropLast().map { _ in "" }) + [part], widths)
      }
    }
    return ([head, rule.joined(separator: Self.gap)] + body).map { $0 + "\n" }.joined()
  }

  private func line(_ texts: [String], _ widths: [Int]) -> String {
    let cells = texts.indices.map { column -> String in
      let room = String(repeating: " ", count: max(0, widths[column] - texts[column].count))
      if columns[column].side == .right { return room + texts[column] }
      return column == texts.count - 1 ? texts[column] : texts[column] + room
    }
    let text = cells.joined(separator: Self.gap)
    return String(text.reversed().drop { $0 == " " }.reversed())
  }

  static func wrap(_ text: String, to width: Int) -> [String] {
    var lines = [""]
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if lines[lines.count - 1].isEmpty {
        lines[lines.count - 1] = String(word)
      } else if lines[lines.count - 1].count + 1 + word.count <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
