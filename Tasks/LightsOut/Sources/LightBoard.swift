/// A set of cells of a square board: the lights that are on, or the cells that are pressed.
struct LightBoard: Sendable, Hashable {
  let size: Int
  /// One element per row, one bit per column from bit 0.
  var rows: [UInt32]

  /// The empty set.
  init(size: Int) {
    self.size = size
    rows = [UInt32](repeating: 0, count: size)
  }

  /// The cells for which `isOn` is true, row by row.
  init(size: Int, isOn: [Bool]) {
    self.init(size: size)
    for (cell, isOn) in isOn.enumerated() where isOn { rows[cell / size] |= 1 << (cell % size) }
  }

  /// The lights that these presses turn on, on a dark board.
  init(size: Int, pressing presses: [Bool]) {
    var lights = [Bool](repeating: false, count: size * size)
    lights.press(presses, size: size)
    self.init(size: size, isOn: lights)
  }

  /// The cells with the token `on`; nil if a token is neither `off` nor `on`, or the count is
  /// wrong.
  init?(size: Int, _ tokens: [UInt8], off: UInt8, on: UInt8) {
    guard tokens.count == size * size, tokens.allSatisfy({ $0 == off || $0 == on }) else {
      return nil
    }
    self.init(size: size, isOn: tokens.map { $0 == on })
  }

  /// The number of cells in the set.
  var count: Int { rows.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// Whether the set contains a cell.
  func contains(_ cell: Int) -> Bool { rows[cell / size] >> (cell % size) & 1 == 1 }

  /// One token per cell.
  func tokens(off: UInt8, on: UInt8) -> [UInt8] {
    (0..<size * size).map { contains($0) ? on : off }
  }
}

extension [Bool] {
  /// Toggles each pressed cell and the cells beside, above and below it.
  mutating func press(_ presses: [Bool], size: Int) {
    for (cell, isPressed) in presses.enumerated() where isPressed {
      let (row, column) = (cell / size, cell % size)
      self[cell].toggle()
      if row > 0 { self[cell - size].toggle() }
      if row + 1 < size { self[cell + size].toggle() }
      if column > 0 { self[cell - 1].toggle() }
      if column + 1 < size { self[cell + 1].toggle() }
    }
  }
}
