import Gym

extension ARC {
  /// The canvas of a grid that is given as rows of colors, 0 to 9.
  public func answer(ofRows rows: [String]) -> [UInt8]? {
    let colors = rows.map { row in
      row.utf8.compactMap { (48...57).contains($0) ? $0 - 48 : nil }
    }
    guard zip(rows, colors).allSatisfy({ $0.utf8.count == $1.count }),
      let grid = try? ARCGrid(colors)
    else { return nil }
    return ARCCanvas.encode(grid)
  }

  public func askedCells(of example: Example) -> [Int] {
    example.answer.indices.filter { example.answer[$0] >= ARCCanvas.firstColor }
  }

  /// An answer is right if the grid on its canvas is exactly the expected one.
  ///
  /// The grid is cropped as in the released evaluation: everything beyond the grid and its
  /// end-of-grid border is ignored. Finding: `shape`, the grid has the right numbers of rows and
  /// columns.
  public func verify(_ answer: [UInt8], for example: Example) -> Verdict {
    func failed(_ problem: String, cells: [Int] = [], shape: Bool = false) -> Verdict {
      .failed(problem, cells: cells, findings: [.init("shape", shape)])
    }
    guard answer.count == ARCCanvas.cells else {
      return failed("the answer has \(answer.count) cells, not \(ARCCanvas.cells)")
    }
    guard let expected = ARCCanvas.placement(in: example.answer) else {
      return failed("the expected answer is not known")
    }
    let (row, column) = (expected.row, expected.column)
    guard let grid = ARCCanvas.crop(answer, row: row, column: column) else {
      return failed("the answer holds no grid", cells: [row * ARCCanvas.side + column])
    }
    guard grid.hasShape(of: expected.grid) else {
      return failed(
        "the grid is \(grid.rows)×\(grid.columns), not "
          + "\(expected.grid.rows)×\(expected.grid.columns)")
    }
    let wrong = grid.cells.indices.filter { grid.cells[$0] != expected.grid.cells[$0] }
    guard let first = wrong.first else { return .solved([.init("shape", true)]) }
    return failed(
      "row \(first / grid.columns + 1), column \(first % grid.columns + 1) is colour "
        + "\(grid.cells[first]), not \(expected.grid.cells[first])",
      cells: wrong.map {
        (row + $0 / grid.columns) * ARCCanvas.side + column + $0 % grid.columns
      }, shape: true)
  }
}
