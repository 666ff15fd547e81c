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
