import Gym

/// An element of a board's symmetry group: a permutation of rows, columns and digits.
struct BoardPermutation {
  private let size: Int
  // Each entry is a number in 4 bits, from bit 0.
  /// For each row of the result, the original's line that it is taken from.
  private let rows: UInt64
  /// For each column of the result, the original's line that it is taken from.
  private let columns: UInt64
  /// Whether the result's rows are taken from the original's columns.
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

  /// For each cell of the result, the original's cell that it is taken from.
  var cells: [UInt16] {
    [UInt16](unsafeUninitializedCapacity: size * size) { cells, count in
      count = size &* size
      fill { cells.initializeElement(at: $0, to: UInt16(truncatingIfNeeded: $1)) }
    }
  }

  /// Each value's new value; 0 stays 0.
  var values: [UInt8] {
    var values = [UInt8](repeating: 0, count: size + 1)
    nameDigits(in: &values, from: 1, as: 1)
    return values
  }

  /// Writes the digits' new names to a table, from the entry `first` on; `one` is the name of the
  /// least digit.
  func nameDigits(in names: inout [UInt8], from first: Int, as one: UInt8) {
    for digit in 0..<size {
      names[first &+ digit] = one &+ UInt8(truncatingIfNeeded: Self.number(digit, of: digits))
    }
  }

  /// Writes permuted and renamed tokens over others; `names` has an entry for every byte. Tokens of
  /// another count than the cells are copied unchanged.
  func move(_ tokens: [UInt8], names: [UInt8], to result: inout [UInt8]) {
    guard tokens.count == size * size else {
      result = tokens
      return
    }
    precondition(names.count == 256 && result.count == tokens.count)
    tokens.withUnsafeBufferPointer { tokens in
      names.withUnsafeBufferPointer { names in
        result.withUnsafeMutableBufferPointer { result in
          fill { result[$0] = names[Int(tokens[$1])] }
        }
      }
    }
  }

  /// A board's values, permuted and renamed.
  func applied(to board: [UInt8]) -> [UInt8] {
    precondition(board.count == size * size)
    var names = [UInt8](repeating: 0, count: 256)
    nameDigits(in: &names, from: 1, as: 1)
    var result = board
    move(board, names: names, to: &result)
    return result
  }

  /// Calls `body` with each cell of the result and its source cell in the original.
  @inline(__always)
  private func fill(_ body: (_ result: Int, _ original: Int) -> Void) {
    let (down, across) = isTransposed ? (1, size) : (size, 1)
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 16) { places in
      for column in 0..<size { places[column] = Self.number(column, of: columns) &* across }
      var cell = 0
      for row in 0..<size {
        let start = Self.number(row, of: rows) &* down
        for column in 0..<size {
          body(cell, start &+ places[column])
          cell &+= 1
        }
      }
    }
  }

  /// A permutation of lines within blocks, and of blocks.
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

// Not generic and without allocations, unlike `shuffle`, since they are used in inner loops.
extension RandomStream {
  /// The numbers below `count`, at most 16, in uniformly random order, from one random number.
  ///
  /// Each takes 4 bits, from bit 0.
  mutating func smallPermutation(of count: Int) -> UInt64 {
    var orders: UInt64 = 1
    for number in 1...UInt64(count) { orders &*= number }
    let order = below(Int(orders))
    return count == 3 ? Self.ordersOfThree[order] : Self.packed(order, of: count)
  }

  /// Most permutations are of the lines of a 9×9 board.
  private static let ordersOfThree = (0..<6).map { packed($0, of: 3) }

  /// Order number `order` of the numbers below `count`.
  private static func packed(_ order: Int, of count: Int) -> UInt64 {
    var order = UInt64(order)
    var result: UInt64 = 0
    for last in 0..<UInt64(count) {
      // Durstenfeld's shuffle, inside out: the number at `place` moves to the end.
      let place = order % (last &+ 1) &* 4
      order /= last &+ 1
      let moved = result &>> place & 15
      result = result & ~(15 &<< place) | last &<< place
      if place != last &* 4 { result |= moved &<< (last &* 4) }
    }
    return result
  }

  /// The numbers below `count` in uniformly random order.
  mutating func permutation(of count: Int) -> [Int] {
    [Int](unsafeUninitializedCapacity: count) { numbers, initialized in
      for last in 0..<count {
        let place = below(last + 1)
        numbers.initializeElement(at: last, to: last)
        numbers.swapAt(place, last)
      }
      initialized = count
    }
  }
}
