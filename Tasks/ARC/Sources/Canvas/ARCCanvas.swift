import Gym

/// The canvas of 30×30 tokens in which agents see a grid: 0 is padding, 1 marks the end of the grid
/// along the row below and the column to the right (if the canvas has them), 2 to 11 are colors.
public enum ARCCanvas {
  /// The number of rows, and of columns.
  public static let side = ARCGrid.maxSide
  /// The number of cells.
  public static let cells = side * side
  /// The token along the row below and the column to the right of a grid.
  public static let endOfGrid: UInt8 = 1
  /// The token of color 0.
  public static let firstColor: UInt8 = 2

  /// A grid and the position of its top left cell on a canvas.
  public struct Placement: Sendable, Hashable {
    /// The grid.
    public let grid: ARCGrid
    /// The canvas row of its top left cell, from 0.
    public let row: Int
    /// The canvas column of its top left cell, from 0.
    public let column: Int
  }

  /// The canvas of a grid whose top left cell is at a row and column.
  ///
  /// - Precondition: the grid fits there.
  public static func encode(_ grid: ARCGrid, row: Int = 0, column: Int = 0) -> [UInt8] {
    encode(grid, as: .identity, row: row, column: column)
  }

  /// The canvas of an augmented grid.
  ///
  /// - Precondition: the rotated grid fits at the row and column.
  public static func encode(
    _ grid: ARCGrid, as augmentation: ARCAugmentation, row: Int = 0, column: Int = 0
  ) -> [UInt8] {
    var canvas = [UInt8](repeating: Vocabulary.padding, count: cells)
    write(grid, as: augmentation, row: row, column: column, to: &canvas)
    return canvas
  }

  /// Writes the result of `encode` over another canvas.
  ///
  /// - Precondition: the rotated grid fits at the row and column.
  static func write(
    _ grid: ARCGrid, as augmentation: ARCAugmentation, row: Int = 0, column: Int = 0,
    to canvas: inout [UInt8]
  ) {
    let colors = augmentation.colors.packed
    let walk = augmentation.dihedral.walk(rows: grid.rows, columns: grid.columns)
    precondition(
      canvas.count == cells && row >= 0 && column >= 0 && row + walk.rows <= side
        && column + walk.columns <= side,
      "a grid of \(walk.rows)×\(walk.columns) does not fit at (\(row), \(column))")
    canvas.withUnsafeMutableBufferPointer { canvas in
      canvas.update(repeating: Vocabulary.padding)
      // The precondition keeps all following indices within the canvas and the source.
      grid.cells.withUnsafeBufferPointer { source in
        for r in 0..<walk.rows {
          var from = walk.start &+ r &* walk.rowStep
          let to = (row &+ r) &* side &+ column
          for c in 0..<walk.columns {
            let color = colors &>> (UInt64(source[from]) &* 4) & 15
            canvas[to &+ c] = UInt8(truncatingIfNeeded: color) &+ firstColor
            from &+= walk.columnStep
          }
          if column + walk.columns < side { canvas[to &+ walk.columns] = endOfGrid }
        }
      }
      if row + walk.rows < side {
        let to = (row + walk.rows) * side + column
        for c in 0..<walk.columns { canvas[to + c] = endOfGrid }
      }
    }
  }

  /// The grid on a canvas and its position, if the canvas is exactly as `encode` writes it; nil
  /// otherwise.
  public static func placement(in tokens: [UInt8]) -> Placement? {
    guard tokens.count == cells,
      let first = tokens.firstIndex(where: { $0 != Vocabulary.padding })
    else { return nil }
    let (row, column) = (first / side, first % side)
    guard let grid = crop(tokens, row: row, column: column),
      encode(grid, row: row, column: column) == tokens
    else { return nil }
    return Placement(grid: grid, row: row, column: column)
  }

  /// The grid on a canvas: cropped from the top left corner, ignoring everything beyond it; or, if
  /// there is nothing in that corner, the only grid elsewhere on the canvas.
  public static func grid(in tokens: [UInt8]) -> ARCGrid? {
    crop(tokens) ?? placement(in: tokens)?.grid
  }

  /// The largest rectangle of colors with the given top left cell, which is how the released
  /// evaluation reads an agent's answer; among equal ones, that with the fewest rows.
  ///
  /// - Returns: nil if the tokens are not a canvas, or that cell is not a color.
  public static func crop(_ tokens: [UInt8], row: Int = 0, column: Int = 0) -> ARCGrid? {
    guard tokens.count == cells, (0..<side).contains(row), (0..<side).contains(column) else {
      return nil
    }
    let colors = firstColor..<firstColor + UInt8(ARCGrid.colors)
    var (rows, columns) = (0, 0)
    var width = side - column
    for r in row..<side {
      let start = r * side + column
      width =
        tokens[start..<start + width].firstIndex { !colors.contains($0) }
        .map { $0 - start } ?? width
      if width == 0 { break }
      if (r - row + 1) * width > rows * columns { (rows, columns) = (r - row + 1, width) }
    }
    guard rows > 0 else { return nil }
    var grid: [UInt8] = []
    grid.reserveCapacity(rows * columns)
    for r in row..<row + rows {
      let start = r * side + column
      for token in tokens[start..<start + columns] { grid.append(token - firstColor) }
    }
    return ARCGrid(trusted: grid, rows: rows, columns: columns)
  }
}
