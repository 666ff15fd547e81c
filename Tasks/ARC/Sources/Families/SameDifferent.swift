import Gym

/// All objects except one have the same shape, whatever their colors; the answer is the odd one.
struct ExtractOddOne: ARCFamily {
  static let name = "extract-odd-one"
  static let concept = ARCConcept.sameDifferent

  private let style: ARCStyle

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    let palette = style.palette
    let sides = 2...3
    let common = ARCGrid.blob(
      rows: random.integer(in: sides), columns: random.integer(in: sides), color: 1,
      using: &random)
    let odd = ARCGrid.blob(
      rows: random.integer(in: sides), columns: random.integer(in: sides),
      color: palette[random.below(palette.count)], using: &random)
    guard odd.painted(1) != common else { return nil }
    var sketch = Sketch(style, atLeast: 9, using: &random)
    guard let box = sketch.place(rows: odd.rows, columns: odd.columns, using: &random) else {
      return nil
    }
    sketch.question.paste(odd, at: box)
    var others = 0
    for _ in 0..<2 + style.someDistractors(using: &random) {
      guard let box = sketch.place(rows: common.rows, columns: common.columns, using: &random)
      else { continue }
      sketch.question.paste(common.painted(palette[random.below(palette.count)]), at: box)
      others += 1
    }
    sketch.answer = odd
    return others > 1 ? sketch.pair : nil
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    let shapes = question.objects().map { object -> ARCGrid in
      var alone = ARCGrid(rows: question.rows, columns: question.columns)
      alone.paint(object, object.color)
      return alone.crop(object.box)
    }
    let odd = shapes.filter { shape in
      shapes.count { $0.painted(1) == shape.painted(1) } == 1
    }
    return odd.count == 1 ? odd[0] : nil
  }
}

/// A line separates two pictures; the answer marks the cells in which they differ.
struct MarkDifferences: ARCFamily {
  static let name = "mark-differences"
  static let concept = ARCConcept.sameDifferent

  private let style: ARCStyle
  private var line: UInt8 { style.palette[0] }
  private var mark: UInt8 { style.palette[1] }

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    let inks = [0] + style.inks(after: 2)
    let columns = random.integer(in: 2...(style.maxSize - 1) / 2)
    let rows = style.side(atLeast: 2, using: &random)
    var left = ARCGrid(rows: rows, columns: columns)
    for cell in left.cells.indices { left.cells[cell] = inks[random.below(inks.count)] }
    var (right, answer) = (left, ARCGrid(rows: rows, columns: columns))
    for _ in 0..<1 + random.below(2 + style.distractors) {
      let cell = random.below(right.cells.count)
      // A color different from the left picture's at that cell, each with equal probability.
      guard let ink = random.element(of: inks.filter { $0 != left.cells[cell] }) else { continue }
      right.cells[cell] = ink
      answer.cells[cell] = mark
    }
    var question = ARCGrid(rows: rows, columns: 2 * columns + 1)
    question.paste(left, at: left.bounds)
    question.paste(right, at: right.bounds.moved(down: 0, right: columns + 1))
    question.fill(Box(row: 0, column: columns, rows: rows, columns: 1), line)
    return ARCPair(question, answer)
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    guard let width = question.fullColumn(of: line), width > 0, question.columns == 2 * width + 1
    else { return nil }
    var answer = ARCGrid(rows: question.rows, columns: width)
    for row in 0..<question.rows {
      for column in 0..<width
      where question[row, column] != question[row, column + width + 1] {
        answer[row, column] = mark
      }
    }
    return answer
  }
}
