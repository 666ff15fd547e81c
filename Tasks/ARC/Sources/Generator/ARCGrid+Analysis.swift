extension ARCGrid {
  /// The objects: cells of one color, not 0, that are connected by their sides. In the order of
  /// their first cells.
  func objects() -> [ARCObject] {
    var seen = [Bool](repeating: false, count: cells.count)
    return cells.indices.compactMap { first in
      guard cells[first] != 0, !seen[first] else { return nil }
      return object(from: first, &seen)
    }
  }

  private func object(from first: Int, _ seen: inout [Bool]) -> ARCObject {
    let color = cells[first]
    var found = [first]
    seen[first] = true
    var next = 0
    var (top, left, bottom, right) = (rows, columns, 0, 0)
    while next < found.count {
      let cell = found[next]
      next += 1
      let (row, column) = (cell / columns, cell % columns)
      (top, bottom) = (min(top, row), max(bottom, row))
      (left, right) = (min(left, column), max(right, column))
      forEachNeighbor(of: cell) { neighbor in
        if cells[neighbor] == color, !seen[neighbor] {
          seen[neighbor] = true
          found.append(neighbor)
        }
      }
    }
    return ARCObject(
      color: color, cells: found,
      box: Box(row: top, column: left, rows: bottom - top + 1, columns: right - left + 1))
  }

  private func forEachNeighbor(of cell: Int, _ body: (Int) -> Void) {
    let column = cell % columns
    if cell >= columns { body(cell - columns) }
    if cell + columns < cells.count { body(cell + columns) }
    if column > 0 { body(cell - 1) }
    if column + 1 < columns { body(cell + 1) }
  }

  /// Whether each cell is enclosed: every path of steps to the side from it to the border crosses a
  /// wall. Walls themselves are not enclosed.
  func enclosed(by isWall: (UInt8) -> Bool) -> [Bool] {
    var enclosed = cells.map { !isWall($0) }
    var open: [Int] = []
    for cell in cells.indices where enclosed[cell] {
      let (row, column) = (cell / columns, cell % columns)
      if row == 0 || column == 0 || row == rows - 1 || column == columns - 1 {
        enclosed[cell] = false
        open.append(cell)
      }
    }
    while let cell = open.popLast() {
      forEachNeighbor(of: cell) { neighbor in
        if enclosed[neighbor] {
          enclosed[neighbor] = false
          open.append(neighbor)
        }
      }
    }
    return enclosed
  }

  /// The bounding box of the cells with a wanted color; nil if there are none.
  func box(where isWanted: (UInt8) -> Bool) -> Box? {
    var (top, left, bottom, right) = (rows, columns, -1, -1)
    for (cell, color) in cells.enumerated() where isWanted(color) {
      (top, bottom) = (min(top, cell / columns), max(bottom, cell / columns))
      (left, right) = (min(left, cell % columns), max(right, cell % columns))
    }
    guard bottom >= 0 else { return nil }
    return Box(row: top, column: left, rows: bottom - top + 1, columns: right - left + 1)
  }

  /// The colors that occur, without the background, ascending.
  var inks: [UInt8] { (1...9).filter(cells.contains) }

  /// The first row that is all of one color; nil if there is none.
  func fullRow(of color: UInt8) -> Int? {
    (0..<rows).first { row in (0..<columns).allSatisfy { self[row, $0] == color } }
  }

  /// The first column that is all of one color; nil if there is none.
  func fullColumn(of color: UInt8) -> Int? {
    (0..<columns).first { column in (0..<rows).allSatisfy { self[$0, column] == color } }
  }

  /// The grid with left and right exchanged.
  var mirrored: ARCGrid {
    augmented(by: ARCAugmentation(.mirrorLeftRight, .identity))
  }
}
