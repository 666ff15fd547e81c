import Gym

/// A set of cells of a square grid, one row of cells per machine word.
///
/// Rows are numbered from 1. Row 0 and the rows after the last are empty, so that every row has
/// neighbors, and rows can be processed eight at a time:
///
///     [ 0 | row 1 | … | row n | 0 … 0 ]     bit c of a row: the cell of column c
///
/// The loops use raw memory, since generation spends most of its time in them.
package final class CellSet<Word: FixedWidthInteger & UnsignedInteger & SIMDScalar> {
  let size: Int
  /// The number of words, empty rows included.
  let wordCount: Int
  let words: UnsafeMutablePointer<Word>

  /// An empty set.
  ///
  /// - Precondition: a row fits into a word.
  init(size: Int) {
    precondition(size > 0 && size <= Word.bitWidth)
    self.size = size
    wordCount = (size + 7) / 8 * 8 + 2
    words = .allocate(capacity: wordCount)
    words.initialize(repeating: 0, count: wordCount)
  }

  deinit { words.deallocate() }

  /// The word and the bit of a cell.
  @inline(__always)
  func place(of cell: Int) -> (row: Int, bit: Word) {
    (cell / size &+ 1, 1 &<< Word(truncatingIfNeeded: cell % size))
  }

  @inline(__always)
  func contains(_ cell: Int) -> Bool {
    let (row, bit) = place(of: cell)
    return words[row] & bit != 0
  }

  package func insert(_ cell: Int) {
    let (row, bit) = place(of: cell)
    words[row] |= bit
  }

  func remove(_ cell: Int) {
    let (row, bit) = place(of: cell)
    words[row] &= ~bit
  }

  func copy(_ other: CellSet) { words.update(from: other.words, count: wordCount) }

  /// Removes the cells of rows, [wordCount].
  func subtract(_ rows: UnsafePointer<Word>) {
    combine(with: rows) { $0 & ~$1 }
  }

  /// Keeps only the cells of another set.
  func formIntersection(_ other: CellSet) {
    combine(with: UnsafePointer(other.words)) { $0 & $1 }
  }

  @inline(__always)
  private func combine(
    with rows: UnsafePointer<Word>, _ operation: (SIMD8<Word>, SIMD8<Word>) -> SIMD8<Word>
  ) {
    let (mine, theirs) = (UnsafeMutableRawPointer(words), UnsafeRawPointer(rows))
    for offset in Self.offsets(wordCount) {
      let result = operation(
        mine.loadUnaligned(fromByteOffset: offset, as: SIMD8<Word>.self),
        theirs.loadUnaligned(fromByteOffset: offset, as: SIMD8<Word>.self))
      mine.storeBytes(of: result, toByteOffset: offset, as: SIMD8<Word>.self)
    }
  }

  /// The byte offset of each group of eight rows.
  @inline(__always)
  static func offsets(_ wordCount: Int) -> StrideTo<Int> {
    let width = MemoryLayout<Word>.stride
    return stride(from: width, to: (wordCount &- 1) &* width, by: 8 &* width)
  }

  /// The number of cells.
  var count: Int { Self.count(UnsafePointer(words), wordCount) }

  /// The number of cells in rows, [wordCount]: eight rows at a time, first in pairs of bits, then
  /// in fours, then in bytes, whose sums stay below 256 for up to 248 rows.
  static func count(_ rows: UnsafePointer<Word>, _ wordCount: Int) -> Int {
    let rows = UnsafeRawPointer(rows)
    let (pairs, fours, bytes) = (Word.max / 3, Word.max / 5, Word.max / 17)
    var sums = SIMD8<Word>(repeating: 0)
    for offset in offsets(wordCount) {
      var bits = rows.loadUnaligned(fromByteOffset: offset, as: SIMD8<Word>.self)
      bits &-= bits &>> 1 & pairs
      bits = (bits & fours) &+ (bits &>> 2 & fours)
      sums &+= (bits &+ bits &>> 4) & bytes
    }
    var count = 0
    for lane in 0..<8 {
      var rest = sums[lane]
      while rest != 0 {
        count &+= Int(truncatingIfNeeded: rest & 0xFF)
        rest &>>= 8
      }
    }
    return count
  }

  /// A cell near the middle of the grid, in a row as near as possible; nil if the set is empty.
  func central() -> Int? {
    for offset in 0..<size {
      // The middle row, one above, one below, two above, …
      let row = size / 2 + (offset & 1 == 1 ? -(offset + 1) / 2 : offset / 2)
      let bits = words[row + 1]
      if bits == 0 { continue }
      let right = bits >> Word(size / 2)
      let column =
        right != 0
        ? size / 2 + right.trailingZeroBitCount
        : Word.bitWidth - 1 - bits.leadingZeroBitCount
      return row * size + column
    }
    return nil
  }
}

extension CellSet {
  /// Becomes all cells except a number of walls, with every choice of their positions equally
  /// likely.
  ///
  /// Each cell is first made a wall with about the wanted probability, many cells at a time; then
  /// random cells are changed until the count is right. Given their number, independently drawn
  /// walls are uniformly distributed, and adding or removing random ones keeps that property.
  func drawAll(butWalls wanted: Int, using random: inout RandomStream) {
    let cells = size * size
    // The wanted share in 128ths, bit by bit from the lowest: "or" raises it, "and" lowers it.
    let share = (wanted * 128 + cells / 2) / cells
    let mask = Word.max >> Word(Word.bitWidth - size)
    var row = 1
    while row <= size {
      var walls: UInt64 = 0
      for position in share.trailingZeroBitCount..<7 {
        let chance = random.next()
        walls = share >> position & 1 == 1 ? walls | chance : walls & chance
      }
      for shift in stride(from: 0, to: 64, by: Word.bitWidth) where row <= size {
        words[row] = mask & ~Word(truncatingIfNeeded: walls >> UInt64(shift))
        row += 1
      }
    }
    var walls = cells - count
    while walls != wanted {
      let (row, bit) = place(of: random.below(cells))
      guard (words[row] & bit != 0) == (walls < wanted) else { continue }
      words[row] ^= bit
      walls += walls < wanted ? 1 : -1
    }
  }
}

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
