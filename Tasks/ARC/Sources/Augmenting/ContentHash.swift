/// A 64-bit hash of grids that is the same on every machine and in every run.
struct ContentHash {
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The hash, mixed so that sums of hashes stay apart (SplitMix64's finaliser).
  var value: UInt64 {
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func absorb(_ tokens: [UInt8]) {
    for token in tokens { absorb(UInt64(token) + 1) }
  }

  /// Absorbs fifteen colours a word, four bits each, after a leading 1 that marks their count.
  mutating func absorb(_ grid: ARCGrid, as augmentation: ARCAugmentation) {
    let walk = augmentation.dihedral.walk(rows: grid.rows, columns: grid.columns)
    absorb(UInt64(walk.rows << 8 | walk.columns))
    // Every index is within the grid, since the walk visits each of its cells once.
    let colours = augmentation.colours.packed
    grid.cells.withUnsafeBufferPointer { cells in
      var word: UInt64 = 1
      for row in 0..<walk.rows {
        var index = walk.start &+ row &* walk.rowStep
        for _ in 0..<walk.columns {
          word = word &<< 4 | colours &>> (UInt64(cells[index]) &* 4) & 15
          index &+= walk.columnStep
          if word &>> 60 != 0 {
            absorb(word)
            word = 1
          }
        }
      }
      absorb(word)
    }
  }

  private mutating func absorb(_ word: UInt64) {
    let product = (state ^ word).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    state = product.low ^ product.high ^ word.byteSwapped &* 0xE703_7ED1_A0B4_28DB
  }
}
