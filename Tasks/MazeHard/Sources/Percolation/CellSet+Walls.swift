import Randomness

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
