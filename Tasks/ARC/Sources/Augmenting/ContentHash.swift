/// A 64-bit hash of tokens that is the same on every machine and in every run.
struct ContentHash {
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The hash, mixed so that sums of hashes stay distinct (SplitMix64's finalizer).
  var value: UInt64 {
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func absorb(_ tokens: [UInt8]) {
    for token in tokens { absorb(UInt64(token) + 1) }
  }

  mutating func absorb(_ word: UInt64) {
    let product = (state ^ word).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    state = product.low ^ product.high ^ word.byteSwapped &* 0xE703_7ED1_A0B4_28DB
  }
}
