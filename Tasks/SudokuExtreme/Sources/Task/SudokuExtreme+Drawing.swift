import Gym

extension SudokuExtreme {
  private static let digitTexts = digits.map { String($0) }

  public func draw(_ question: [UInt8], answer: [UInt8]?) -> Drawing {
    let count = grid.cells
    let asked = (0..<count).map { $0 < question.count ? question[$0] : Self.blank }
    let shown = answer.map { answer in
      (0..<count).map { $0 < answer.count ? answer[$0] : Self.blank }
    }
    let clues = lenientValues(asked)
    let values = lenientValues(shown ?? asked)
    let clashes = geometry.repeated(in: values)
    let cells = (0..<count).map { cell -> Drawing.Cell in
      let text = values[cell] == 0 ? "." : Self.digitTexts[Int(values[cell]) - 1]
      if clues[cell] != 0, values[cell] == clues[cell] { return .init(text, .given) }
      if clues[cell] != 0 || clashes[cell] { return .init(text, .wrong) }
      return .init(text, values[cell] == 0 ? .blank : .answer)
    }
    var drawing = Drawing(grid: grid, cells: cells)
    (drawing.heavyRows, drawing.heavyColumns) = (geometry.heavyRows, geometry.heavyColumns)
    return drawing
  }
}
