import Gym

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

/// Objects inside a frame change to another color; those outside stay.
struct RecolorInside: ARCFamily {
  static let name = "recolour-inside"
  static let concept = ARCConcept.insideOutside

  private let style: ARCStyle
  private var frame: UInt8 { style.palette[0] }
  private var mark: UInt8 { style.palette[1] }

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    let inks = style.inks(after: 2)
    var sketch = Sketch(style, atLeast: 8, using: &random)
    var marked = 0
    for index in 0..<random.integer(in: 1...3) {
      guard let box = sketch.place(sides: 4...6, using: &random) else { continue }
      sketch.both { $0.frame(box, frame) }
      let inside = box.inset(by: 1)
      // All frames except the first may be empty.
      guard index == 0 || random.below(2) == 0 else { continue }
      let shape = ARCGrid.blob(
        rows: random.integer(in: 1...min(2, inside.rows)),
        columns: random.integer(in: 1...min(2, inside.columns)),
        color: inks[random.below(inks.count)], using: &random)
      let place = inside.moved(
        down: random.below(inside.rows - shape.rows + 1),
        right: random.below(inside.columns - shape.columns + 1))
      sketch.question.paste(shape, at: place)
      sketch.answer.paste(shape.painted(mark), at: place)
      marked += 1
    }
    for _ in 0..<1 + style.someDistractors(using: &random) {
      guard let (box, shape) = sketch.placeBlob(sides: 1...2, inks: inks, using: &random) else {
        continue
      }
      sketch.both { $0.paste(shape, at: box) }
    }
    return marked > 0 ? sketch.pair : nil
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    let enclosed = question.enclosed { $0 == frame }
    var answer = question
    for (cell, color) in question.cells.enumerated() where color != 0 && enclosed[cell] {
      answer.cells[cell] = mark
    }
    return answer
  }
}
