/// A breadth-first search that moves whole rows of cells at once.
package final class Wavefront<Word: FixedWidthInteger & UnsignedInteger & SIMDScalar> {
  let size: Int
  /// The cells that are open.
  package let open: CellSet<Word>
  /// The open cells that the last search did not reach.
  let unvisited: CellSet<Word>
  /// The cells reached in exactly 0, 1, 2, … steps, [level, wordCount].
  private let levels: UnsafeMutablePointer<Word>
  private let wordCount: Int

  /// A search in a grid that is filled later.
  package init(size: Int) {
    self.size = size
    open = CellSet(size: size)
    unvisited = CellSet(size: size)
    wordCount = open.wordCount
    let capacity = (size * size + 1) * wordCount
    levels = .allocate(capacity: capacity)
    levels.initialize(repeating: 0, count: capacity)
  }

  deinit { levels.deallocate() }

  /// Spreads from an open cell over everything connected to it, or until a goal is reached.
  ///
  /// - Returns: the greatest number of steps to a cell.
  func spread(from cell: Int, until goal: Int? = nil) -> Int {
    let (row, bit) = open.place(of: cell)
    let end = goal.map(open.place(of:))
    unvisited.copy(open)
    unvisited.remove(cell)
    levels.update(repeating: 0, count: wordCount)
    levels[row] = bit
    var level = 0
    while step(from: levels + level &* wordCount) {
      level &+= 1
      if let end, levels[level &* wordCount &+ end.row] & end.bit != 0 { break }
    }
    return level
  }

  /// Computes the next level; returns whether it has any cells.
  @inline(__always)
  private func step(from level: UnsafeMutablePointer<Word>) -> Bool {
    let width = MemoryLayout<Word>.stride
    let here = UnsafeRawPointer(level)
    let next = UnsafeMutableRawPointer(level + wordCount)
    let free = UnsafeMutableRawPointer(unvisited.words)
    var reached = SIMD8<Word>(repeating: 0)
    for offset in CellSet<Word>.offsets(wordCount) {
      let cells = here.loadUnaligned(fromByteOffset: offset, as: SIMD8<Word>.self)
      let above = here.loadUnaligned(fromByteOffset: offset &- width, as: SIMD8<Word>.self)
      let below = here.loadUnaligned(fromByteOffset: offset &+ width, as: SIMD8<Word>.self)
      let unvisited = free.loadUnaligned(fromByteOffset: offset, as: SIMD8<Word>.self)
      let step = (above | below | cells &<< 1 | cells &>> 1) & unvisited
      next.storeBytes(of: step, toByteOffset: offset, as: SIMD8<Word>.self)
      free.storeBytes(of: unvisited ^ step, toByteOffset: offset, as: SIMD8<Word>.self)
      reached |= step
    }
    let half = reached.lowHalf | reached.highHalf
    let quarter = half.lowHalf | half.highHalf
    return quarter.x | quarter.y != 0
  }

  /// The number of steps between two open cells; nil if there is no path.
  func distance(from start: Int, to goal: Int) -> Int? {
    let levels = spread(from: start, until: goal)
    return isAt(goal, level: levels) ? levels : nil
  }

  /// The cells of a level of the last search, [wordCount].
  func rows(ofLevel level: Int) -> UnsafePointer<Word> {
    UnsafePointer(levels + level * wordCount)
  }

  /// The number of cells of a level of the last search.
  func count(ofLevel level: Int) -> Int {
    CellSet.count(rows(ofLevel: level), wordCount)
  }

  /// The cell at an index within a level of the last search, in row order.
  func cell(at index: Int, ofLevel level: Int) -> Int {
    let rows = rows(ofLevel: level)
    var index = index
    for row in 1...size {
      let count = rows[row].nonzeroBitCount
      if index < count {
        var bits = rows[row]
        for _ in 0..<index { bits &= bits &- 1 }
        return (row - 1) * size + bits.trailingZeroBitCount
      }
      index -= count
    }
    preconditionFailure("a level has fewer cells than counted")
  }

  /// A cell halfway between the start of the last search and a cell of its level `level`.
  func middle(ofLevel level: Int) -> Int {
    var cell = cell(at: 0, ofLevel: level)
    for nearer in stride(from: level - 1, through: level / 2, by: -1) {
      let (row, column) = (cell / size, cell % size)
      if row > 0, isAt(cell - size, level: nearer) {
        cell -= size
      } else if row < size - 1, isAt(cell + size, level: nearer) {
        cell += size
      } else {
        cell += column > 0 && isAt(cell - 1, level: nearer) ? -1 : 1
      }
    }
    return cell
  }

  private func isAt(_ cell: Int, level: Int) -> Bool {
    let (row, bit) = open.place(of: cell)
    return rows(ofLevel: level)[row] & bit != 0
  }
}
