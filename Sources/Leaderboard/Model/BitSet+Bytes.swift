extension BitSet {
  /// The words in little-endian order, for storage.
  public var bytes: [UInt8] {
    words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) } }
  }

  /// Reads what `bytes` wrote; nil if the bytes are not those of a set of `count`.
  public init?(bytes: [UInt8], count: Int) {
    guard count >= 0, bytes.count == (count + 63) / 64 * 8 else { return nil }
    var words: [UInt64] = Array(repeating: 0, count: bytes.count / 8)
    for index in bytes.indices {
      words[index >> 3] |= UInt64(bytes[index]) << UInt64((index & 7) * 8)
    }
    if count & 63 != 0, let last = words.last, last >> UInt64(count & 63) != 0 { return nil }
    self.init(count: count, words: words)
  }
}
