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
    var last = [Int](repeating: -1, count: size + 1)
    for index in 0..<3 * size {
      for value in 1...size { last[value] = -1 }
      for cell in unit(index).lazy.map(Int.init) {
        let value = Int(values[cell])
        guard (1...size).contains(value) else { continue }
        if last[value] >= 0 {
          let digit = SudokuExtreme.digits[value - 1]
          return Violation(
            text: "\(name(ofUnit: index)) holds \(digit) twice", cells: [last[value], cell])
        }
        last[value] = cell
      }
    }
    return nil
  }

  /// Every cell whose digit occurs twice in one of its units.
  func repeated(in values: [UInt8]) -> Set<Int> {
    var cells: Set<Int> = []
    for cell in 0..<self.cells where (1...size).contains(Int(values[cell])) {
      let clash = peers[cell * peerCount..<(cell + 1) * peerCount].contains {
        values[Int($0)] == values[cell]
      }
      if clash { cells.insert(cell) }
    }
    return cells
  }
}
