/// A 64-bit key derived from a seed and any number of labels and numbers.
///
/// Parts are hashed, never added, so neighboring seeds share nothing.
public struct RandomKey: Sendable, Hashable {
  /// The key's bits.
  public let bits: UInt64

  /// The key of a seed and a label.
  public init(seed: UInt64, _ label: String = "") {
    bits = Self.absorb(Self.mix(seed ^ 0x5265_6173_6F6E_4779), label)
  }

  private init(bits: UInt64) {
    self.bits = bits
  }

  /// The key of the part of this key that is named `label`.
  public func deriving(_ label: String) -> RandomKey {
    RandomKey(bits: Self.absorb(bits, label))
  }

  /// The key of the part of this key with number `number`.
  public func deriving(_ number: UInt64) -> RandomKey {
    RandomKey(bits: Self.mix(Self.mix(bits &+ 0x9E37_79B9_7F4A_7C15) ^ number))
  }

  /// Absorbs the label's bytes and their count, so that ("ab", "c") differs from ("a", "bc").
  private static func absorb(_ state: UInt64, _ label: String) -> UInt64 {
    var state = state
    var count: UInt64 = 0
    for byte in label.utf8 {
      state = mix(state ^ UInt64(byte))
      count += 1
    }
    return mix(state ^ (count << 8) ^ 0xFF)
  }

  /// The finalizer of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014) after its increment.
  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

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
