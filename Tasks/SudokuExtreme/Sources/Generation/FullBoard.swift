/// A full board, and where two digits of it can change places.
///
/// In the rows of a swap the two digits fill the same columns and boxes; exchanged, they give
/// another full board. So a question with this board as its only solution has a clue in every
/// swap: a quick look that saves many a search.
struct FullBoard {
  /// A value a cell.
  let values: [UInt8]
  /// The cells of each swap.
  private var swaps: [SmallSet] = []
  /// For each cell, the swaps that it belongs to.
  private var swapsOfCell: [SmallSet]

  init(_ values: [UInt8], geometry: BoardGeometry) {
    self.values = values
    swapsOfCell = [SmallSet](repeating: SmallSet(), count: values.count)
    let (size, boxes) = (geometry.size, geometry.boxes)
    // For each digit: its cell in each row, and its row in each column and box.
    var cells = [Int](repeating: 0, count: size * size)
    var rowInColumn = cells
    var rowInBox = cells
    for (cell, value) in values.enumerated() {
      let digit = (Int(value) - 1) * size
      cells[digit + cell / size] = cell
      rowInColumn[digit + cell % size] = cell / size
      rowInBox[digit + boxes[cell]] = cell / size
    }
    for first in stride(from: 0, to: size * size, by: size) {
      for second in stride(from: first + size, to: size * size, by: size) {
        var open = (1 << size) - 1
        while open != 0 {
          var (rows, fresh) = (0, open & -open)
          while fresh != 0 {
            let row = fresh.trailingZeroBitCount
            rows |= 1 << row
            let (one, other) = (cells[first + row], cells[second + row])
            fresh |= 1 << rowInColumn[second + one % size] | 1 << rowInColumn[first + other % size]
            fresh |= 1 << rowInBox[second + boxes[one]] | 1 << rowInBox[first + boxes[other]]
            fresh &= ~rows
          }
          // Exchanged everywhere, two digits are only renamed; there is nothing quick in that.
          if rows != (1 << size) - 1, swaps.count < 256 {
            add(rows, first, second, cells)
          }
          open &= ~rows
        }
      }
    }
  }

  /// Whether clues in these cells leave a swap open that the last one removed took part in.
  func hasOpenSwap(_ clues: SmallSet, without cell: Int) -> Bool {
    swapsOfCell[cell].contains { swaps[$0].isDisjoint(with: clues) }
  }

  private mutating func add(_ rows: Int, _ first: Int, _ second: Int, _ cells: [Int]) {
    var set = SmallSet()
    var rows = rows
    while rows != 0 {
      for digit in [first, second] {
        let cell = cells[digit + rows.trailingZeroBitCount]
        set.insert(cell)
        swapsOfCell[cell].insert(swaps.count)
      }
      rows &= rows - 1
    }
    swaps.append(set)
  }
}
