/// A rectangle of cells.
struct Box: Sendable, Hashable {
  var row: Int
  var column: Int
  var rows: Int
  var columns: Int

  /// The last row.
  var bottom: Int { row + rows - 1 }
  /// The last column.
  var right: Int { column + columns - 1 }
  var cells: Int { rows * columns }

  /// The first row as a box.
  var topRow: Box { Box(row: row, column: column, rows: 1, columns: columns) }

  /// The box without a border of the given width; it has no cells if nothing is left.
  func inset(by width: Int) -> Box {
    Box(
      row: row + width, column: column + width, rows: rows - 2 * width,
      columns: columns - 2 * width)
  }

  func moved(down: Int, right: Int) -> Box {
    Box(row: row + down, column: column + right, rows: rows, columns: columns)
  }

  /// Whether there are fewer than `gap` free cells between two boxes, diagonals included.
  func isNear(_ other: Box, gap: Int) -> Bool {
    row - gap <= other.bottom && other.row - gap <= bottom && column - gap <= other.right
      && other.column - gap <= right
  }

  func contains(row: Int, column: Int) -> Bool {
    row >= self.row && row <= bottom && column >= self.column && column <= right
  }
}
