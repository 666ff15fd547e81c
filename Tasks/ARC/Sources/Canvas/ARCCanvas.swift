import Gym

/// The square of tokens in which agents see a grid: 0 is padding, 1 marks the end of the grid along
/// the row below and the column to the right (if the canvas has them), 2 to 11 are colors.
public struct ARCCanvas: Sendable, Hashable {
  /// The possible numbers of rows.
  public static let sides = 10...ARCGrid.maxSide
  /// The canvas that every grid fits on: 30×30 cells.
  public static let full = ARCCanvas(side: sides.upperBound)

  /// The number of rows, and of columns.
  public let side: Int
  /// The number of cells.
  public var cells: Int { side * side }

  /// A canvas with a number of rows.
  ///
  /// - Precondition: the number is in `sides`.
  public init(side: Int) {
    precondition(Self.sides.contains(side), "a canvas of \(side) rows")
    self.side = side
  }

  /// The canvas with a number of cells; nil if there is none.
  init?(cells: Int) {
    let side = Int(Double(cells).squareRoot())
    guard side * side == cells, Self.sides.contains(side) else { return nil }
    self.side = side
  }

  /// The canvas that tokens fill; nil if there is none with so many cells.
  init?(of tokens: [UInt8]) { self.init(cells: tokens.count) }

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

  /// The tokens of a grid whose top left cell is at a row and column.
  ///
  /// - Precondition: the grid fits there.
  public func encode(_ grid: ARCGrid, row: Int = 0, column: Int = 0) -> [UInt8] {
    encode(grid, as: .identity, row: row, column: column)
  }

  /// The tokens of an augmented grid.
  ///
  /// - Precondition: the rotated grid fits at the row and column.
  public func encode(
    _ grid: ARCGrid, as augmentation: ARCAugmentation, row: Int = 0, column: Int = 0
  ) -> [UInt8] {
    var canvas = [UInt8](repeating: Vocabulary.padding, count: cells)
    write(grid, as: augmentation, row: row, column: column, to: &canvas)
    return canvas
  }

  /// Writes the result of `encode` over the tokens of another grid.
  ///
  /// - Precondition: there are as many tokens as cells, and the rotated grid fits at the row and
  ///   column.
  func write(
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
            canvas[to &+ c] = UInt8(truncatingIfNeeded: color) &+ Self.firstColor
            from &+= walk.columnStep
          }
          if column + walk.columns < side { canvas[to &+ walk.columns] = Self.endOfGrid }
        }
      }
      if row + walk.rows < side {
        let to = (row + walk.rows) * side + column
        for c in 0..<walk.columns { canvas[to + c] = Self.endOfGrid }
      }
    }
  }

  /// The grid on a canvas and its position, if the tokens are exactly as `encode` writes them; nil
  /// otherwise.
  public static func placement(in tokens: [UInt8]) -> Placement? {
    guard let canvas = ARCCanvas(of: tokens),
      let first = tokens.firstIndex(where: { $0 != Vocabulary.padding })
    else { return nil }
    let (row, column) = (first / canvas.side, first % canvas.side)
    guard let grid = crop(tokens, row: row, column: column),
      canvas.encode(grid, row: row, column: column) == tokens
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
    guard let side = ARCCanvas(of: tokens)?.side, (0..<side).contains(row),
      (0..<side).contains(column)
    else { return nil }
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

extension ARCCanvas {
  /// The size of the grid in the top left corner of a canvas that is exactly as `encode` writes it;
  /// nil for any other tokens.
  static func corner(of tokens: [UInt8]) -> (rows: Int, columns: Int)? {
    guard let canvas = ARCCanvas(of: tokens) else { return nil }
    let (side, cells) = (canvas.side, canvas.cells)
    // All following indices are within the canvas.
    return tokens.withUnsafeBytes { canvas in
      var (rows, columns) = (0, 0)
      while rows < side, isColor(canvas[rows &* side]) { rows &+= 1 }
      while columns < side, isColor(canvas[columns]) { columns &+= 1 }
      guard rows > 0 else { return nil }
      var faults: UInt64 = 0
      // A row of 30 cells is four words; the last one overlaps the one before.
      for word in 0..<(side &+ 7) / 8 {
        let first = min(8 &* word, side &- 8)
        let colors = bytes(below: columns &- first)
        let end = bytes(below: columns &+ 1 &- first) & ~colors & ones
        for row in 0..<rows {
          let tokens = canvas.loadUnaligned(
            fromByteOffset: row &* side &+ first, as: UInt64.self)
          faults |= (tokens ^ end) & ~colors | nonColors(tokens) & colors
        }
        if rows < side {
          let tokens = canvas.loadUnaligned(
            fromByteOffset: rows &* side &+ first, as: UInt64.self)
          faults |= tokens ^ colors & ones
        }
      }
      var cell = (rows &+ 1) &* side
      while cell &+ 8 <= cells {
        faults |= canvas.loadUnaligned(fromByteOffset: cell, as: UInt64.self)
        cell &+= 8
      }
      while cell < cells {
        faults |= UInt64(canvas[cell])
        cell &+= 1
      }
      return faults == 0 ? (rows, columns) : nil
    }
  }

  private static func isColor(_ token: UInt8) -> Bool {
    token &- firstColor < UInt8(ARCGrid.colors)
  }

  private static let ones: UInt64 = 0x0101_0101_0101_0101

  /// All bits of the bytes below an index, in memory order.
  private static func bytes(below count: Int) -> UInt64 {
    ~(UInt64.max << UInt64(8 * min(max(count, 0), 8)))
  }

  /// The top bits of the bytes that are not a color (colors are 2 to 11); if a byte is 140 or more,
  /// the bits of the bytes above it are meaningless.
  @inline(__always)
  private static func nonColors(_ tokens: UInt64) -> UInt64 {
    // Adding sets a byte's top bit if it reaches 128.
    (tokens | (tokens &+ 0x7474_7474_7474_7474) | ~(tokens &+ 0x7E7E_7E7E_7E7E_7E7E)) & ones << 7
  }

  /// A canvas whose grid is moved away from the top left corner, with its border if it fits.
  ///
  /// - Precondition: `corner` gave the size, and the grid fits at the new position.
  static func moved(
    _ tokens: [UInt8], _ grid: (rows: Int, columns: Int), toRow row: Int, column: Int
  ) -> [UInt8] {
    let side = ARCCanvas(of: tokens)?.side ?? 0
    precondition(
      row >= 0 && column >= 0 && row + grid.rows <= side && column + grid.columns <= side)
    let height = min(grid.rows + 1, side - row)
    let width = min(grid.columns + 1, side - column)
    return tokens.withUnsafeBufferPointer { tokens in
      [UInt8](unsafeUninitializedCapacity: tokens.count) { canvas, count in
        canvas.initialize(repeating: Vocabulary.padding)
        count = tokens.count
        for line in 0..<height {
          let (from, to) = (line &* side, (row &+ line) &* side &+ column)
          for cell in 0..<width { canvas[to &+ cell] = tokens[from &+ cell] }
        }
      }
    }
  }
}
