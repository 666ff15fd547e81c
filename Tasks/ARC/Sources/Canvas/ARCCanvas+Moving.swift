import Gym

extension ARCCanvas {
  /// The rows and columns of the grid in the top left corner of a canvas that is exactly as
  /// `encode` makes it; nil for any other tokens.
  static func corner(of tokens: [UInt8]) -> (rows: Int, columns: Int)? {
    guard tokens.count == cells else { return nil }
    // Every index below is within the canvas.
    return tokens.withUnsafeBytes { canvas in
      var (rows, columns) = (0, 0)
      while rows < side, isColour(canvas[rows &* side]) { rows &+= 1 }
      while columns < side, isColour(canvas[columns]) { columns &+= 1 }
      guard rows > 0 else { return nil }
      for row in 0..<rows {
        let (start, end) = (row &* side, (row &+ 1) &* side)
        guard areColours(canvas, start..<start &+ columns) else { return nil }
        if columns < side {
          guard canvas[start &+ columns] == endOfGrid,
            isPadding(canvas, start &+ columns &+ 1..<end)
          else { return nil }
        }
      }
      guard rows < side else { return (rows, columns) }
      let start = rows &* side
      for cell in start..<start &+ columns where canvas[cell] != endOfGrid { return nil }
      return isPadding(canvas, start &+ columns..<cells) ? (rows, columns) : nil
    }
  }

  private static func isColour(_ token: UInt8) -> Bool {
    token &- firstColour < UInt8(ARCGrid.colours)
  }

  /// Whether all of some tokens are colours, eight at a time: bytes from 2 to 11.
  @inline(__always)
  private static func areColours(_ canvas: UnsafeRawBufferPointer, _ cells: Range<Int>) -> Bool {
    let bytes: UInt64 = 0x0101_0101_0101_0101
    let (tops, below12, from2) = (bytes &* 128, bytes &* 116, bytes &* 126)
    var (tooLarge, largeEnough, cell) = (UInt64(0), tops, cells.lowerBound)
    while cell &+ 8 <= cells.upperBound {
      let word = canvas.loadUnaligned(fromByteOffset: cell, as: UInt64.self)
      // Adding sets a byte's top bit where it reaches 128; no byte overflows unless one is large.
      tooLarge |= word | word &+ below12
      largeEnough &= word &+ from2
      cell &+= 8
    }
    var isWhole = tooLarge & tops == 0 && largeEnough == tops
    while cell < cells.upperBound {
      isWhole = isColour(canvas[cell]) && isWhole
      cell &+= 1
    }
    return isWhole
  }

  /// Whether all of some tokens are padding, which is 0, eight at a time.
  @inline(__always)
  private static func isPadding(_ canvas: UnsafeRawBufferPointer, _ cells: Range<Int>) -> Bool {
    var (bits, cell) = (UInt64(0), cells.lowerBound)
    while cell &+ 8 <= cells.upperBound {
      bits |= canvas.loadUnaligned(fromByteOffset: cell, as: UInt64.self)
      cell &+= 8
    }
    while cell < cells.upperBound {
      bits |= UInt64(canvas[cell])
      cell &+= 1
    }
    return bits == 0
  }

  /// A canvas whose grid is moved from the top left corner, with its border where there is room.
  ///
  /// - Precondition: `corner` gave the rows and columns, and the grid fits there.
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
