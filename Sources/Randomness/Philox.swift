/// The Philox 4×32-10 block function: a counter and a key in, 128 random bits out.
///
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011.
/// It has no state, so any item of any stream can be drawn by any thread or process.
public struct Philox: Sendable, Hashable {
  @usableFromInline let key: UInt64

  /// A block function for one key.
  public init(key: UInt64) {
    self.key = key
  }

  /// The 128 random bits that belong to a 128-bit counter.
  @inlinable
  public func block(high: UInt64, low: UInt64) -> (UInt64, UInt64) {
    var (c0, c1) = (UInt32(truncatingIfNeeded: low), UInt32(truncatingIfNeeded: low >> 32))
    var (c2, c3) = (UInt32(truncatingIfNeeded: high), UInt32(truncatingIfNeeded: high >> 32))
    var (k0, k1) = (UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32))
    for _ in 0..<10 {
      let a = UInt64(c0) &* 0xD251_1F53
      let b = UInt64(c2) &* 0xCD9E_8D57
      c0 = UInt32(truncatingIfNeeded: b >> 32) ^ c1 ^ k0
      c1 = UInt32(truncatingIfNeeded: b)
      c2 = UInt32(truncatingIfNeeded: a >> 32) ^ c3 ^ k1
      c3 = UInt32(truncatingIfNeeded: a)
      k0 = k0 &+ 0x9E37_79B9
      k1 = k1 &+ 0xBB67_AE85
    }
    return (UInt64(c1) << 32 | UInt64(c0), UInt64(c3) << 32 | UInt64(c2))
  }
}
