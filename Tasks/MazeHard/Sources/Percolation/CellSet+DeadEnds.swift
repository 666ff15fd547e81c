extension CellSet {
  /// Becomes another set without its dead ends, which are cells with at most one neighbor in it.
  func copy(withoutDeadEndsOf other: CellSet) {
    let width = MemoryLayout<Word>.stride
    let (mine, theirs) = (UnsafeMutableRawPointer(words), UnsafeRawPointer(other.words))
    for offset in Self.offsets(wordCount) {
      let cells = theirs.loadUnaligned(fromByteOffset: offset, as: SIMD8<Word>.self)
      let above = theirs.loadUnaligned(fromByteOffset: offset &- width, as: SIMD8<Word>.self)
      let below = theirs.loadUnaligned(fromByteOffset: offset &+ width, as: SIMD8<Word>.self)
      let (left, right) = (cells &<< 1, cells &>> 1)
      let several = above & below | left & right | (above | below) & (left | right)
      mine.storeBytes(of: cells & several, toByteOffset: offset, as: SIMD8<Word>.self)
    }
  }
}
