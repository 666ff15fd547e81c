import Randomness

/// Dots outside the frame vanish; those inside stay.
struct KeepInside: ARCFamily {
  static let name = "keep-inside"
  static let concept = ARCConcept.insideOutside

  private let style: ARCStyle
  private var frame: UInt8 { style.palette[0] }

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    let inks = style.inks(after: 1)
    var sketch = Sketch(style, atLeast: 8, using: &random)
    guard
      let box = sketch.place(
        rows: random.integer(in: 5...sketch.question.rows - 2),
        columns: random.integer(in: 5...sketch.question.columns - 2), using: &random)
    else { return nil }
    sketch.both { $0.frame(box, frame) }
    let inside = box.inset(by: 1)
    for _ in 0..<random.integer(in: 1...4) {
      let (row, column) = (
        inside.row + random.below(inside.rows), inside.column + random.below(inside.columns)
      )
      let ink = inks[random.below(inks.count)]
      sketch.both { $0[row, column] = ink }
    }
    var outside = 0
    for _ in 0..<random.integer(in: 2...4) + style.someDistractors(using: &random) {
      guard let dot = sketch.place(rows: 1, columns: 1, gap: 0, using: &random) else { continue }
      sketch.question.fill(dot, inks[random.below(inks.count)])
      outside += 1
    }
    return outside > 0 ? sketch.pair : nil
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    let enclosed = question.enclosed { $0 == frame }
    var answer = question
    for (cell, color) in question.cells.enumerated()
    where color != frame && !enclosed[cell] {
      answer.cells[cell] = 0
    }
    return answer
  }
}
