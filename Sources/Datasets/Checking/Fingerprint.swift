import Gym

/// 128 bits of a puzzle's SHA-256; puzzles with equal fingerprints are considered equal.
struct Fingerprint: Sendable, Hashable, Comparable {
  private let high: UInt64
  private let low: UInt64

  init(_ tokens: [UInt8]) throws {
    (high, low) = try SHA256.hash(tokens).withUnsafeBytes {
      ($0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    }
  }

  static func < (a: Fingerprint, b: Fingerprint) -> Bool {
    a.high == b.high ? a.low < b.low : a.high < b.high
  }
}
