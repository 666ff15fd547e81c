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
