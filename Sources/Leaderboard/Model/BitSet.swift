/// One bit for each puzzle of a benchmark, in 64-bit words: what is true of which puzzle.
///
/// Comparing two entries over 10 000 puzzles is then 157 words of work.
public struct BitSet: Sendable, Hashable {
  /// The number of puzzles.
  public let count: Int
  /// The bits, the first puzzle's lowest in the first word; those beyond `count` are 0.
  public private(set) var words: [UInt64]

  /// A set in which nothing is true.
  ///
  /// - Precondition: `count` is not negative.
  public init(count: Int) {
    precondition(count >= 0, "a set of \(count)")
    self.count = count
    words = Array(repeating: 0, count: (count + 63) / 64)
  }

  /// A set of words that are known to fit.
  init(count: Int, words: [UInt64]) {
    (self.count, self.words) = (count, words)
  }

  /// A set of truth values.
  public init(_ values: some Collection<Bool>) {
    self.init(count: values.count)
    for (index, value) in values.enumerated() where value { insert(index) }
  }

  /// Whether it is true of a puzzle.
  ///
  /// - Precondition: the puzzle exists.
  public subscript(index: Int) -> Bool {
    precondition((0..<count).contains(index), "there is no number \(index) among \(count)")
    return words[index >> 6] >> UInt64(index & 63) & 1 == 1
  }

  /// Makes it true of a puzzle.
  ///
  /// - Precondition: the puzzle exists.
  public mutating func insert(_ index: Int) {
    precondition((0..<count).contains(index), "there is no number \(index) among \(count)")
    words[index >> 6] |= 1 << UInt64(index & 63)
  }

  /// Of how many puzzles it is true.
  public var trueCount: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// Of how many puzzles it is true here and in another set.
  ///
  /// - Precondition: both are over as many puzzles.
  public func trueCount(and other: BitSet) -> Int {
    precondition(count == other.count, "sets of \(count) and \(other.count)")
    var sum = 0
    for index in words.indices { sum += (words[index] & other.words[index]).nonzeroBitCount }
    return sum
  }

  /// Of how many puzzles it is true here and not in another set.
  ///
  /// - Precondition: both are over as many puzzles.
  public func trueCount(without other: BitSet) -> Int { trueCount - trueCount(and: other) }
}
