import Gym

/// A set of cells of a board with at most 128 cells.
struct CellSet: Equatable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  /// No cell.
  init() {}

  /// The cells that pass a test.
  init(below count: Int, where fits: (Int) -> Bool) {
    precondition(count <= 128)
    for cell in 0..<count where fits(cell) { insert(cell) }
  }

  var isEmpty: Bool { low | high == 0 }
  var count: Int { low.nonzeroBitCount &+ high.nonzeroBitCount }
  /// Whether it has exactly one member, without counting, which is slow on some processors.
  var isSingle: Bool {
    low & (low &- 1) | high & (high &- 1) == 0 && (low == 0) != (high == 0)
  }

  mutating func insert(_ cell: Int) {
    if cell < 64 { low |= 1 &<< UInt64(cell) } else { high |= 1 &<< UInt64(cell &- 64) }
  }

  mutating func remove(_ cell: Int) {
    if cell < 64 { low &= ~(1 &<< UInt64(cell)) } else { high &= ~(1 &<< UInt64(cell &- 64)) }
  }

  mutating func formUnion(_ other: CellSet) {
    low |= other.low
    high |= other.high
  }

  func intersection(_ other: CellSet) -> CellSet {
    var result = self
    result.low &= other.low
    result.high &= other.high
    return result
  }

  func subtracting(_ other: CellSet) -> CellSet {
    var result = self
    result.low &= ~other.low
    result.high &= ~other.high
    return result
  }

  /// A uniformly random member; nil if the set is empty.
  func randomElement(using random: inout RandomStream) -> Int? {
    guard !isEmpty else { return nil }
    var place = random.below(count)
    var (word, first) = (low, 0)
    if place >= low.nonzeroBitCount {
      place -= low.nonzeroBitCount
      (word, first) = (high, 64)
    }
    for _ in 0..<place { word &= word &- 1 }
    return first + word.trailingZeroBitCount
  }
}

/// A set of numbers below 256, such as cells of a board.
struct SmallSet {
  private var words = SIMD4<UInt64>()

  mutating func insert(_ number: Int) { words[number >> 6] |= 1 << UInt64(number & 63) }
  mutating func remove(_ number: Int) { words[number >> 6] &= ~(1 << UInt64(number & 63)) }
  func isDisjoint(with other: SmallSet) -> Bool { words & other.words == SIMD4() }

  /// Whether some member passes a test.
  func contains(where test: (Int) -> Bool) -> Bool {
    for index in 0..<4 {
      var word = words[index]
      while word != 0 {
        if test(index << 6 | word.trailingZeroBitCount) { return true }
        word &= word &- 1
      }
    }
    return false
  }
}
