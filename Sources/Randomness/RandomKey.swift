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
