import Gym

extension SudokuExtreme {
  public var rules: String {
    let last = Self.digits[geometry.size - 1]
    return "Replace every blank by a digit, so that each row, each column and each box holds every "
      + "digit from 1 to \(last) once\(geometry.size > 9 ? " (A follows 9)" : ""). The given digits "
      + "stay as they are; there is one right answer."
  }

  public var legend: [LegendEntry] {
    let (rows, columns) = (geometry.boxRows, geometry.boxColumns)
    return [
      LegendEntry(".", "a blank"),
      LegendEntry(String(Self.digits.prefix(geometry.size)), "a digit"),
      .places(
        "the boxes are the blocks of \(rows) rows and \(columns) columns, side by side from the "
          + "top left corner"),
    ]
  }
}
