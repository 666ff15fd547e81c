/// A full board, and the exchanges of two digits, rows or columns that give another one.
///
/// In the rows of a swap, two digits fill the same columns and boxes; or in its columns, two rows
/// of a band have the same digits, or in its rows, two columns of a stack do. Exchanging them gives
/// another full board. A question with this board as its only solution therefore has a clue in
/// every swap, and this quick test saves many searches.
struct FullBoard {
  /// One value per cell.
  let values: [UInt8]
  /// The cells of each swap.
  private var swaps: [SmallSet] = []
  /// For each cell, the swaps that it belongs to.
  private var swapsOfCell: [SmallSet]

  init(_ values: [UInt8], geometry: BoardGeometry) {
    self.values = values
    swapsOfCell = [SmallSet](repeating: SmallSet(), count: values.count)
    let size = geometry.size
    // For each digit: its column and box in each row, and its row in each column and box.
    var columns = [Int](repeating: 0, count: size * size)
    var boxes = columns
    var rowInColumn = columns
    var rowInBox = columns
    var cell = 0
    for row in 0..<size {
      for column in 0..<size {
        let (digit, box) = ((Int(values[cell]) - 1) * size, geometry.boxes[cell])
        (columns[digit + row], boxes[digit + row]) = (column, box)
        (rowInColumn[digit + column], rowInBox[digit + box]) = (row, row)
        cell += 1
      }
    }
    for first in stride(from: 0, to: size * size, by: size) {
      for second in stride(from: first + size, to: size * size, by: size) {
        addSwaps(of: size) { row in
          1 << rowInColumn[second + columns[first + row]]
            | 1 << rowInColumn[first + columns[second + row]]
            | 1 << rowInBox[second + boxes[first + row]]
            | 1 << rowInBox[first + boxes[second + row]]
        } cells: { row in
          (row * size + columns[first + row], row * size + columns[second + row])
        }
      }
    }
    addSwaps(ofLinesIn: geometry.boxRows, size, across: 1, down: size, places: columns)
    addSwaps(ofLinesIn: geometry.boxColumns, size, across: size, down: 1, places: rowInColumn)
  }

  /// Adds the swaps of the lines in each block of `length` lines; `places` gives the position of a
  /// digit in a line, [digit, line].
  private mutating func addSwaps(
    ofLinesIn length: Int, _ size: Int, across: Int, down: Int, places: [Int]
  ) {
    let values = values
    for block in stride(from: 0, to: size, by: length) {
      for first in block..<block + length {
        for second in first + 1..<block + length {
          addSwaps(of: size) { place in
            1 << places[(Int(values[second * down + place * across]) - 1) * size + first]
          } cells: { place in
            (first * down + place * across, second * down + place * across)
          }
        }
      }
    }
  }

  /// Adds the minimal sets of positions that contain all positions they need, except the set of
  /// all: exchanging whole lines or digits tells nothing new.
  private mutating func addSwaps(
    of size: Int, needed: (Int) -> Int, cells: (Int) -> (Int, Int)
  ) {
    var open = (1 << size) - 1
    while open != 0 {
      var (places, fresh) = (0, open & -open)
      while fresh != 0 {
        let place = fresh.trailingZeroBitCount
        places |= 1 << place
        fresh = (fresh | needed(place)) & ~places
      }
      if places != (1 << size) - 1, swaps.count < 256 { add(places, cells) }
      open &= ~places
    }
  }

  /// Whether removing a clue left a swap without clues.
  func hasOpenSwap(_ clues: SmallSet, without cell: Int) -> Bool {
    swapsOfCell[cell].contains { swaps[$0].isDisjoint(with: clues) }
  }

  private mutating func add(_ places: Int, _ cells: (Int) -> (Int, Int)) {
    var set = SmallSet()
    var places = places
    while places != 0 {
      let (one, other) = cells(places.trailingZeroBitCount)
      for cell in [one, other] {
        set.insert(cell)
        swapsOfCell[cell].insert(swaps.count)
      }
      places &= places - 1
    }
    swaps.append(set)
  }
}
