/// The rows, columns and boxes of a square board; each such unit contains every digit once.
package struct BoardGeometry: Sendable, Hashable {
  /// The number of digits, which is also that of rows and columns.
  let size: Int
  /// The number of rows of a box, and of a band.
  let boxRows: Int
  /// The number of columns of a box, and of a stack.
  let boxColumns: Int
  /// The cells of each unit, [3 × size, size]: the rows, then the columns, then the boxes.
  let units: [UInt16]
  /// The cells that share a unit with each cell, [cells, peerCount].
  let peers: [UInt16]
  /// The rows and columns at which boxes begin, except the first ones.
  let heavyRows, heavyColumns: Set<Int>
  /// The number of each cell's box.
  let boxes: [Int]
  /// The number of cells that share a unit with a cell.
  let peerCount: Int

  /// The board with a size; nil if the gym does not support it.
  package init?(size: Int) {
    let shapes = [4: (2, 2), 6: (2, 3), 9: (3, 3), 16: (4, 4)]
    guard let (boxRows, boxColumns) = shapes[size] else { return nil }
    self.size = size
    self.boxRows = boxRows
    self.boxColumns = boxColumns
    heavyRows = Set(stride(from: boxRows, to: size, by: boxRows))
    heavyColumns = Set(stride(from: boxColumns, to: size, by: boxColumns))
    let lines = (0..<size).map { row in (0..<size).map { row * size + $0 } }
    let columns = (0..<size).map { column in (0..<size).map { $0 * size + column } }
    let boxes = (0..<size).map { box in
      let corner = (box / boxRows * boxRows) * size + box % boxRows * boxColumns
      return (0..<size).map { corner + $0 / boxColumns * size + $0 % boxColumns }
    }
    self.boxes = (0..<size * size).map {
      $0 / size / boxRows * boxRows + $0 % size / boxColumns
    }
    let all = lines + columns + boxes
    units = all.flatMap { $0.map { UInt16($0) } }
    var neighbors = [Set<Int>](repeating: [], count: size * size)
    for unit in all {
      for cell in unit { neighbors[cell].formUnion(unit.filter { $0 != cell }) }
    }
    peers = neighbors.flatMap { $0.sorted().map { UInt16($0) } }
    peerCount = neighbors[0].count
  }

  /// The number of cells.
  var cells: Int { size * size }
  /// The number of bands, which is the number of boxes in a column of boxes.
  var bands: Int { size / boxRows }
  /// The number of stacks.
  var stacks: Int { size / boxColumns }
  /// Whether rows and columns may be exchanged.
  var hasTranspose: Bool { boxRows == boxColumns }

  /// The cells of a unit, numbered rows first, then columns, then boxes.
  func unit(_ index: Int) -> ArraySlice<UInt16> { units[index * size..<(index + 1) * size] }

  /// A unit's readable name: "row 3".
  func name(ofUnit index: Int) -> String {
    "\(["row", "column", "box"][index / size]) \(index % size + 1)"
  }

  /// A cell's readable name: "row 3, column 5".
  func name(ofCell cell: Int) -> String {
    "row \(cell / size + 1), column \(cell % size + 1)"
  }

  /// The known minimum number of clues of a puzzle with one solution; for 16, whose is not known,
  /// what the generator reaches within seconds.
  ///
  /// Source for 9: McGuire, Tugemann, Civario, "There is no 16-clue Sudoku", 2014; the numbers for
  /// 4 and 6 are from complete enumeration.
  var fewestClues: Int { [4: 4, 6: 8, 9: 17, 16: 95][size] ?? 1 }

  package static func == (a: BoardGeometry, b: BoardGeometry) -> Bool { a.size == b.size }
  package func hash(into hasher: inout Hasher) { hasher.combine(size) }
}

extension BoardGeometry {
  /// A violation of the rules, with the cells that show it.
  struct Violation {
    let text: String
    let cells: [Int]
  }

  /// The first digit that occurs twice in a unit.
  ///
  /// - Parameter values: one value per cell; 0 is blank, and values above the size are ignored.
  func firstRepeat(in values: [UInt8]) -> Violation? {
    for index in 0..<3 * size {
      var seen: UInt32 = 0
      for place in index * size..<(index + 1) * size {
        let cell = Int(units[place])
        let bit = bit(of: values[cell])
        if seen & bit != 0,
          let first = unit(index).first(where: { values[Int($0)] == values[cell] })
        {
          let digit = SudokuExtreme.digits[Int(values[cell]) - 1]
          return Violation(
            text: "\(name(ofUnit: index)) holds \(digit) twice", cells: [Int(first), cell])
        }
        seen |= bit
      }
    }
    return nil
  }

  /// For each cell, whether its digit occurs twice in one of its units.
  func repeated(in values: [UInt8]) -> [Bool] {
    var clashes = [Bool](repeating: false, count: cells)
    for index in 0..<3 * size {
      var (seen, twice) = (UInt32(0), UInt32(0))
      for cell in unit(index) {
        let bit = bit(of: values[Int(cell)])
        twice |= seen & bit
        seen |= bit
      }
      guard twice != 0 else { continue }
      for cell in unit(index) where bit(of: values[Int(cell)]) & twice != 0 {
        clashes[Int(cell)] = true
      }
    }
    return clashes
  }

  /// A digit's bit in a set of digits; none for a blank and for anything else.
  private func bit(of value: UInt8) -> UInt32 {
    (1...size).contains(Int(value)) ? 1 << UInt32(value) : 0
  }
}
