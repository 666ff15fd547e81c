import Randomness

/// Objects above a line change to another color; those below it stay.
struct RecolorAbove: ARCFamily {
  static let name = "recolour-above"
  static let concept = ARCConcept.aboveBelow

  private let style: ARCStyle
  private var line: UInt8 { style.palette[0] }
  private var mark: UInt8 { style.palette[1] }

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    var sketch = Sketch(style, atLeast: 8, using: &random)
    let (rows, columns) = (sketch.question.rows, sketch.question.columns)
    let row = random.integer(in: 3...rows - 4)
    let band = Box(row: row, column: 0, rows: 1, columns: columns)
    sketch.take(band)
    sketch.both { $0.fill(band, line) }
    var marked = 0
    for _ in 0..<random.integer(in: 1...3) {
      let above = Box(row: 0, column: 0, rows: row, columns: columns)
      guard
        let (box, shape) = sketch.placeBlob(
          sides: 1...3, inks: style.inks(after: 2), in: above, using: &random)
      else { continue }
      sketch.question.paste(shape, at: box)
      sketch.answer.paste(shape.painted(mark), at: box)
      marked += 1
    }
    for _ in 0..<1 + style.someDistractors(using: &random) {
      let below = Box(row: row + 1, column: 0, rows: rows - row - 1, columns: columns)
      guard
        let (box, shape) = sketch.placeBlob(
          sides: 1...3, inks: style.inks(after: 2), in: below, using: &random)
      else { continue }
      sketch.both { $0.paste(shape, at: box) }
    }
    return marked > 0 ? sketch.pair : nil
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    guard let row = question.fullRow(of: line) else { return nil }
    var answer = question
    for cell in 0..<row * question.columns where question.cells[cell] != 0 {
      answer.cells[cell] = mark
    }
    return answer
  }
}
