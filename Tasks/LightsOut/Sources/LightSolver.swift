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

/// Finds all sets of presses that turn off the lights of a square board.
///
/// The presses of the first row determine all others: each row must turn off what is left on above
/// it ("light chasing"). What is then left on below the last row depends linearly, modulo 2, on the
/// first row, so elimination on as many unknowns as there are columns finds every answer. Source:
/// K. Sutner, "Linear cellular automata and the Garden-of-Eden", Math. Intelligencer 1989.
struct LightSolver: Sendable {
  private struct Step {
    /// The lights left on below the last row; their highest bit is in no later step.
    let left: UInt32
    /// The first row that leaves them on.
    let first: UInt32
  }

  let size: Int
  private var steps: [Step] = []
  /// First rows of presses that change nothing; every sum of them is another one.
  private var quiet: [UInt32] = []

  /// - Precondition: `size` is in 1...16.
  init(size: Int) {
    precondition((1...16).contains(size))
    self.size = size
    for column in 0..<size {
      let first = UInt32(1) << column
      let (left, combined) = reduce(chase(LightBoard(size: size), first: first).left, first)
      if left == 0 {
        quiet.append(combined)
      } else {
        steps.append(Step(left: left, first: combined))
      }
    }
  }

  /// The number of answers of a solvable board.
  var answerCount: Int { 1 << quiet.count }

  /// The answer with the fewest presses, the first by rows among equals; nil if there is none.
  func fewestPresses(for lights: LightBoard) -> LightBoard? {
    let (left, first) = reduce(chase(lights, first: 0).left, 0)
    guard left == 0 else { return nil }
    var best: LightBoard?
    for chosen in 0..<answerCount {
      let change = quiet.indices.reduce(UInt32(0)) { chosen >> $1 & 1 == 1 ? $0 ^ quiet[$1] : $0 }
      let presses = chase(lights, first: first ^ change).presses
      guard let known = best else {
        best = presses
        continue
      }
      let (new, old) = (presses.count, known.count)
      if new < old || new == old && presses.rows.lexicographicallyPrecedes(known.rows) {
        best = presses
      }
    }
    return best
  }

  /// The presses that follow from a first row, and the lights that they leave on: bits of an
  /// imaginary row below the last.
  private func chase(
    _ lights: LightBoard, first: UInt32
  ) -> (presses: LightBoard, left: UInt32) {
    var presses = LightBoard(size: size)
    var (above, row) = (UInt32(0), first)
    for index in 0..<size {
      presses.rows[index] = row
      let turned = (row ^ row << 1 ^ row >> 1) & (1 << UInt32(size) - 1)
      (above, row) = (row, lights.rows[index] ^ turned ^ above)
    }
    return (presses, row)
  }

  /// The lights left on after the known steps, and the first row that achieves it.
  private func reduce(_ left: UInt32, _ first: UInt32) -> (UInt32, UInt32) {
    var (left, first) = (left, first)
    for step in steps where left ^ step.left < left {
      (left, first) = (left ^ step.left, first ^ step.first)
    }
    return (left, first)
  }
}
