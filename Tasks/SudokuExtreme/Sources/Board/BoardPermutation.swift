import Randomness

/// An element of a board's symmetry group: rows, columns and digits that change places.
struct BoardPermutation {
  private let size: Int
  // Each has a number in 4 bits, from bit 0.
  /// For each row of the result, the line of the original that it comes from.
  private let rows: UInt64
  /// For each column of the result, the line of the original that it comes from.
  private let columns: UInt64
  /// Whether the result's rows come from the original's columns.
  private let isTransposed: Bool
  /// For each digit from 0, the digit that it becomes.
  private let digits: UInt64

  /// A uniformly random element of a geometry's group.
  init(of geometry: BoardGeometry, using random: inout RandomStream) {
    size = geometry.size
    rows = Self.lines(blocks: geometry.bands, length: geometry.boxRows, using: &random)
    columns = Self.lines(blocks: geometry.stacks, length: geometry.boxColumns, using: &random)
    isTransposed = geometry.hasTranspose && random.below(2) == 1
    digits = random.smallPermutation(of: size)
  }

  /// The cell of the original that each cell of the result comes from.
  var cells: [UInt16] {
    [UInt16](unsafeUninitializedCapacity: size * size) { cells, count in
      count = size &* size
      fill { cells.initializeElement(at: $0, to: UInt16(truncatingIfNeeded: $1)) }
    }
  }

  /// Each value's new value, 0 for 0.
  var values: [UInt8] { [0] + digitNames }

  /// The new value of each digit, counted from 1.
  var digitNames: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: size) { names, count in
      for digit in 0..<size {
        names[digit] = UInt8(truncatingIfNeeded: Self.number(digit, of: digits) &+ 1)
      }
      count = size
    }
  }

  /// Tokens as this element moves them, each renamed; tokens without a name stay. Other tokens
  /// than one a cell are left as they are.
  func moved(_ tokens: [UInt8], names: [UInt8]) -> [UInt8] {
    guard tokens.count == size * size else { return tokens }
    return tokens.withUnsafeBufferPointer { tokens in
      names.withUnsafeBufferPointer { names in
        [UInt8](unsafeUninitializedCapacity: tokens.count) { result, count in
          count = tokens.count
          fill { cell, original in
            let token = tokens[original]
            result[cell] = Int(token) < names.count ? names[Int(token)] : token
          }
        }
      }
    }
  }

  /// A board's values as this element moves and renames them.
  func applied(to board: [UInt8]) -> [UInt8] {
    precondition(board.count == size * size)
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { names in
      names.initialize(repeating: 0)
      for digit in 0..<size {
        names[digit &+ 1] = UInt8(truncatingIfNeeded: Self.number(digit, of: digits) &+ 1)
      }
      return board.withUnsafeBufferPointer { board in
        [UInt8](unsafeUninitializedCapacity: board.count) { result, count in
          count = board.count
          fill { result.initializeElement(at: $0, to: names[Int(board[$1])]) }
        }
      }
    }
  }

  /// Calls `body` with each cell of the result and the original's cell that it comes from.
  @inline(__always)
  private func fill(_ body: (_ result: Int, _ original: Int) -> Void) {
    let (down, across) = isTransposed ? (1, size) : (size, 1)
    var cell = 0
    for row in 0..<size {
      let start = Self.number(row, of: rows) &* down
      for column in 0..<size {
        body(cell, start &+ Self.number(column, of: columns) &* across)
        cell &+= 1
      }
    }
  }

  /// Lines that keep their block, in blocks that keep together.
  private static func lines(
    blocks: Int, length: Int, using random: inout RandomStream
  ) -> UInt64 {
    let order = random.smallPermutation(of: blocks)
    var (result, position) = (UInt64(0), UInt64(0))
    for block in 0..<blocks {
      let first = number(block, of: order) &* length
      let inner = random.smallPermutation(of: length)
      for line in 0..<length {
        result |= UInt64(truncatingIfNeeded: first &+ number(line, of: inner)) &<< position
        position &+= 4
      }
    }
    return result
  }

  @inline(__always)
  private static func number(_ index: Int, of packed: UInt64) -> Int {
    Int(truncatingIfNeeded: packed &>> UInt64(truncatingIfNeeded: index &* 4) & 15)
  }
}
