import Gym

extension ARCCanvas {
  /// The size of the grid in the top left corner of a canvas that is exactly as `encode` writes it;
  /// nil for any other tokens.
  static func corner(of tokens: [UInt8]) -> (rows: Int, columns: Int)? {
    guard tokens.count == cells else { return nil }
    // All following indices are within the canvas.
    return tokens.withUnsafeBytes { canvas in
      var (rows, columns) = (0, 0)
      while rows < side, isColor(canvas[rows &* side]) { rows &+= 1 }
      while columns < side, isColor(canvas[columns]) { columns &+= 1 }
      guard rows > 0 else { return nil }
      var faults: UInt64 = 0
      // A row of 30 cells is four words; the last one overlaps the one before.
      for word in 0..<4 {
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
    precondition(
      row >= 0 && column >= 0 && row + grid.rows <= side && column + grid.columns <= side)
    let height = min(grid.rows + 1, side - row)
    let width = min(grid.columns + 1, side - column)
    return tokens.withUnsafeBufferPointer { tokens in
      [UInt8](unsafeUninitializedCapacity: cells) { canvas, count in
        canvas.initialize(repeating: Vocabulary.padding)
        count = cells
        for line in 0..<height {
          let (from, to) = (line &* side, (row &+ line) &* side &+ column)
          for cell in 0..<width { canvas[to &+ cell] = tokens[from &+ cell] }
        }
      }
    }
  }
}
