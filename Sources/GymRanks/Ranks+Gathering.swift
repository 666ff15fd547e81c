extension Ranks {
  /// This rank's share of `total` items: contiguous, with sizes that differ by at most one.
  public func share(of total: Int) -> Range<Int> {
    let (base, extra) = total.quotientAndRemainder(dividingBy: count)
    let start = rank * base + min(rank, extra)
    return start..<start + base + (rank < extra ? 1 : 0)
  }

  /// Every rank's numbers, in the order of the ranks; each rank gives `numbers.count` of them.
  public func gathered<Number: BitwiseCopyable>(_ numbers: [Number]) -> [Number] {
    gathered(numbers, counts: Array(repeating: numbers.count, count: count))
  }

  /// The same if ranks give different counts, which all know.
  public func gathered<Number: BitwiseCopyable>(_ numbers: [Number], counts: [Int]) -> [Number] {
    precondition(counts[rank] == numbers.count)
    guard areSeveral else { return numbers }
    let total = counts.reduce(0, +)
    let stride = MemoryLayout<Number>.stride
    return [Number](unsafeUninitializedCapacity: total) { buffer, initialized in
      numbers.withUnsafeBytes {
        gather(
          $0,
          into: UnsafeMutableRawBufferPointer(
            rebasing: UnsafeMutableRawBufferPointer(buffer)[..<(total * stride)]),
          sizes: counts.map { $0 * stride })
      }
      initialized = total
    }
  }

  /// The same if no rank knows how many the others give.
  public func gathered<Number: BitwiseCopyable>(each numbers: [Number]) -> [Number] {
    areSeveral ? gathered(numbers, counts: gathered([numbers.count])) : numbers
  }

  /// Every rank's bytes, of any length.
  public func gathered(bytes: [UInt8]) -> [[UInt8]] {
    let counts = gathered([bytes.count])
    var all = gathered(bytes, counts: counts)[...]
    return counts.map { count in
      defer { all = all.dropFirst(count) }
      return Array(all.prefix(count))
    }
  }

  /// Every rank's bytes at rank 0; nothing elsewhere.
  public func collected(bytes: [UInt8]) -> [[UInt8]] {
    let counts = gathered([bytes.count]).map { isFirst ? $0 : 0 }
    let received = counts.map {
      UnsafeMutableRawBufferPointer.allocate(byteCount: $0, alignment: 16)
    }
    defer { received.forEach { $0.deallocate() } }
    bytes.withUnsafeBytes { bytes in
      let nothing = UnsafeRawBufferPointer(rebasing: bytes[..<0])
      exchange(sending: (0..<count).map { $0 == 0 ? bytes : nothing }, receiving: received)
    }
    return isFirst ? received.map(Array.init) : []
  }

  /// Rank 0's bytes, on every rank.
  public func shared(bytes: [UInt8]) -> [UInt8] {
    gathered(bytes: isFirst ? bytes : []).first ?? []
  }

  /// Whether something is true on any rank.
  public func anyone(_ isTrue: Bool) -> Bool {
    gathered([isTrue]).contains(true)
  }

  /// Returns once every rank has called it.
  public func meet() {
    _ = gathered([UInt8(0)])
  }

  /// Does something on rank 0, and then on the others, which find what rank 0 has written.
  ///
  /// - Parameter body: receives whether this is rank 0.
  /// - Throws: what `body` throws; `CancellationError` on every rank if it is thrown on rank 0.
  public func afterFirst<Result>(_ body: (_ isFirst: Bool) throws -> Result) throws -> Result {
    guard areSeveral else { return try body(true) }
    var result: Result?
    if isFirst {
      do { result = try body(true) } catch is CancellationError {}
    }
    if anyone(isFirst && result == nil) { throw CancellationError() }
    return try result ?? body(false)
  }
}
