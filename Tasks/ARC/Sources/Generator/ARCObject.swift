import Gym

/// Cells of one color that are connected by their sides.
struct ARCObject: Sendable {
  let color: UInt8
  /// The cells' indices in their grid.
  let cells: [Int]
  /// Their bounding box.
  let box: Box

  /// Whether the cells fill their box.
  var isRectangle: Bool { cells.count == box.cells }
}

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

/// One of the four directions to the border.
enum Direction: CaseIterable, Sendable {
  case up
  case down
  case left
  case right

  static func random(using random: inout RandomStream) -> Direction {
    allCases[random.below(allCases.count)]
  }

  var isVertical: Bool { self == .up || self == .down }
  /// The number of rows that a step goes down.
  var down: Int { self == .up ? -1 : self == .down ? 1 : 0 }
  /// The number of columns that a step goes right.
  var right: Int { self == .left ? -1 : self == .right ? 1 : 0 }

  /// The number of steps that a box can move in this direction within bounds.
  func room(for box: Box, in bounds: Box) -> Int {
    switch self {
    case .up: box.row - bounds.row
    case .down: bounds.bottom - box.bottom
    case .left: box.column - bounds.column
    case .right: bounds.right - box.right
    }
  }
}
