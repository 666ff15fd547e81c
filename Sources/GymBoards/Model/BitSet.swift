/// One bit per puzzle of a benchmark, in 64-bit words: the puzzles for which something is true.
///
/// Comparing two entries over 10 000 puzzles then takes 157 words of work.
public struct BitSet: Sendable, Hashable {
  /// The number of puzzles.
  public let count: Int
  /// The bits, the first puzzle's lowest in the first word; bits beyond `count` are 0.
  public private(set) var words: [UInt64]

  /// An empty set.
  ///
  /// - Precondition: `count` is not negative.
  public init(count: Int) {
    precondition(count >= 0, "a set of \(count)")
    self.count = count
    words = Array(repeating: 0, count: (count + 63) / 64)
  }

  /// A set from words that are known to fit.
  init(count: Int, words: [UInt64]) {
    (self.count, self.words) = (count, words)
  }

  /// A set from truth values.
  public init(_ values: some Collection<Bool>) {
    self.init(count: values.count)
    for (index, value) in values.enumerated() where value { insert(index) }
  }

  /// Whether it contains a puzzle.
  ///
  /// - Precondition: the puzzle exists.
  public subscript(index: Int) -> Bool {
    precondition((0..<count).contains(index), "there is no number \(index) among \(count)")
    return words[index >> 6] >> UInt64(index & 63) & 1 == 1
  }

  /// Adds a puzzle.
  ///
  /// - Precondition: the puzzle exists.
  public mutating func insert(_ index: Int) {
    precondition((0..<count).contains(index), "there is no number \(index) among \(count)")
    words[index >> 6] |= 1 << UInt64(index & 63)
  }

  /// The number of puzzles in the set.
  public var trueCount: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// The number of puzzles that are in this set and in another.
  ///
  /// - Precondition: both have the same number of puzzles.
  public func trueCount(and other: BitSet) -> Int {
    precondition(count == other.count, "sets of \(count) and \(other.count)")
    var sum = 0
    for index in words.indices { sum += (words[index] & other.words[index]).nonzeroBitCount }
    return sum
  }

  /// The number of puzzles that are in this set and not in another.
  ///
  /// - Precondition: both have the same number of puzzles.
  public func trueCount(without other: BitSet) -> Int { trueCount - trueCount(and: other) }
}

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
