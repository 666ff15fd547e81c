import Gym

extension ARCGrid {
  /// A grid of one color.
  init(rows: Int, columns: Int, filledWith color: UInt8 = 0) {
    self.init(
      trusted: [UInt8](repeating: color, count: rows * columns), rows: rows, columns: columns)
  }

  /// A random shape of one color whose cells are connected by their sides, and which touches all
  /// four sides of its grid.
  static func blob(
    rows: Int, columns: Int, color: UInt8, using random: inout RandomStream
  ) -> ARCGrid {
    var grid = ARCGrid(rows: rows, columns: columns)
    var (top, left, bottom, right) = (rows, columns, -1, -1)
    var (row, column) = (random.below(rows), random.below(columns))
    // A random walk eventually touches every side.
    while true {
      grid[row, column] = color
      (top, left) = (min(top, row), min(left, column))
      (bottom, right) = (max(bottom, row), max(right, column))
      if top == 0, left == 0, bottom == rows - 1, right == columns - 1 { return grid }
      switch random.below(4) {
      case 0: row = max(0, row - 1)
      case 1: row = min(rows - 1, row + 1)
      case 2: column = max(0, column - 1)
      default: column = min(columns - 1, column + 1)
      }
    }
  }

  /// The whole grid as a box.
  var bounds: Box { Box(row: 0, column: 0, rows: rows, columns: columns) }

  /// Fills a box with a color.
  mutating func fill(_ box: Box, _ color: UInt8) {
    for row in box.row..<box.row + max(0, box.rows) {
      for column in box.column..<box.column + max(0, box.columns) { self[row, column] = color }
    }
  }

  /// Colors the border of a box.
  mutating func frame(_ box: Box, _ color: UInt8) {
    for row in [box.row, box.bottom] {
      for column in box.column...box.right { self[row, column] = color }
    }
    for column in [box.column, box.right] {
      for row in box.row...box.bottom { self[row, column] = color }
    }
  }

  /// Draws another grid over this one; its background is transparent.
  mutating func paste(_ other: ARCGrid, at box: Box) {
    for row in 0..<other.rows {
      for column in 0..<other.columns where other[row, column] != 0 {
        self[box.row + row, box.column + column] = other[row, column]
      }
    }
  }

  /// Colors every cell of an object.
  mutating func paint(_ object: ARCObject, _ color: UInt8) {
    for cell in object.cells { cells[cell] = color }
  }

  /// Colors the object's cells at their positions after a move; those beyond the grid are dropped.
  mutating func paint(_ object: ARCObject, movedDown down: Int, right: Int) {
    for cell in object.cells {
      let (row, column) = (cell / columns + down, cell % columns + right)
      if bounds.contains(row: row, column: column) { self[row, column] = object.color }
    }
  }

  /// The cells in a box of this grid.
  func crop(_ box: Box) -> ARCGrid {
    var result = ARCGrid(rows: box.rows, columns: box.columns)
    for row in 0..<box.rows {
      for column in 0..<box.columns {
        result[row, column] = self[box.row + row, box.column + column]
      }
    }
    return result
  }

  /// The grid with every color except the background replaced.
  func painted(_ color: UInt8) -> ARCGrid {
    ARCGrid(trusted: cells.map { $0 == 0 ? 0 : color }, rows: rows, columns: columns)
  }
}
