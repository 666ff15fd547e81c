import Randomness

/// Every rectangle casts a shadow: a row of another color directly below it.
struct ShadeBelow: ARCFamily {
  static let name = "shade-below"
  static let concept = ARCConcept.aboveBelow

  private let style: ARCStyle
  private var shade: UInt8 { style.palette[0] }

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    var sketch = Sketch(style, atLeast: 6, using: &random)
    for _ in 0..<random.integer(in: 2...3) + style.someDistractors(using: &random) {
      let (rows, columns) = (random.integer(in: 1...3), random.integer(in: 1...4))
      guard let ink = random.element(of: style.inks(after: 1)),
        let room = sketch.place(rows: rows + 1, columns: columns, using: &random)
      else { continue }
      let box = Box(row: room.row, column: room.column, rows: rows, columns: columns)
      sketch.both { $0.fill(box, ink) }
      sketch.answer.fill(box.moved(down: rows, right: 0).topRow, shade)
    }
    return sketch.pair
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    var answer = question
    for cell in question.cells.indices.dropFirst(question.columns)
    where question.cells[cell] == 0 && question.cells[cell - question.columns] != 0 {
      answer.cells[cell] = shade
    }
    return answer
  }
}
