import Gym

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
