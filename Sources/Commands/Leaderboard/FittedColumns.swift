/// Columns of text that fit a width: the least important ones are dropped, then long texts cut.
struct FittedColumns {
  /// The alignment of a column, and whether its texts may be cut.
  enum Side {
    case left, right
    /// Left-aligned, and cut if the line would be too long.
    case shortened
  }

  /// A column; more important ones have a higher `keep`.
  struct Column {
    let title: String
    let side: Side
    let keep: Int
    let texts: [String]
  }

  private static let gap = "  "
  private let columns: [Column]
  private let widths: [Int]

  init(_ all: [Column], width: Int) {
    func needed(_ column: Column) -> Int {
      column.texts.reduce(column.title.displayWidth) { max($0, $1.displayWidth) }
    }
    func total(_ columns: [Column], _ width: (Column) -> Int) -> Int {
      columns.reduce(-Self.gap.count) { $0 + Self.gap.count + width($1) }
    }
    let least = 12
    var columns = all
    while total(columns, { $0.side == .shortened ? min(least, needed($0)) : needed($0) }) > width,
      let keep = columns.map(\.keep).min(), keep < 99,
      let index = columns.lastIndex(where: { $0.keep == keep })
    {
      columns.remove(at: index)
    }
    let excess = max(0, total(columns, needed) - width)
    widths = columns.map { column in
      column.side == .shortened ? max(4, needed(column) - excess) : needed(column)
    }
    self.columns = columns
  }

  /// The titles.
  var head: String { line(columns.map(\.title)) }

  /// A line across all columns.
  var rule: String {
    String(repeating: "─", count: widths.reduce(-Self.gap.count) { $0 + Self.gap.count + $1 })
  }

  /// The texts of a row.
  func line(_ row: Int) -> String { line(columns.map { $0.texts[row] }) }

  private func line(_ texts: [String]) -> String {
    let cells = zip(columns, widths).enumerated().map { index, column -> String in
      let text = texts[index].shortened(to: column.1)
      let room = String(repeating: " ", count: max(0, column.1 - text.displayWidth))
      if column.0.side == .right { return room + text }
      return index == columns.count - 1 ? text : text + room
    }
    return cells.joined(separator: Self.gap)
  }
}
