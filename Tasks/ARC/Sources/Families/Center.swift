import Gym

/// Of three or five objects side by side, the answer is the one in the middle.
struct ExtractMiddle: ARCFamily {
  static let name = "extract-middle"
  static let concept = ARCConcept.center

  private let style: ARCStyle

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    let columns = style.side(atLeast: 9, using: &random)
    let count = columns >= 14 ? 3 + 2 * random.below(2) : 3
    var sketch = Sketch(rows: style.side(atLeast: 4, using: &random), columns: columns)
    // Each object has its own slot, which makes "in the middle" obvious.
    let slot = columns / count
    for index in 0..<count {
      let region = Box(
        row: 0, column: index * slot, rows: sketch.question.rows, columns: slot - 1)
      let sides = 1...min(3, slot - 1)
      guard
        let (box, shape) = sketch.placeBlob(
          sides: sides, inks: style.palette, in: region, using: &random)
      else { return nil }
      sketch.question.paste(shape, at: box)
      if index == count / 2 { sketch.answer = shape }
    }
    return sketch.pair
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    let objects = question.objects().sorted { $0.box.column < $1.box.column }
    guard objects.count % 2 == 1 else { return nil }
    return question.crop(objects[objects.count / 2].box)
  }
}

/// The center cell of every rectangle with odd sides is marked; even ones have none.
struct MarkCenter: ARCFamily {
  static let name = "mark-centre"
  static let concept = ARCConcept.center

  private let style: ARCStyle
  private var mark: UInt8 { style.palette[0] }

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    var sketch = Sketch(style, atLeast: 6, using: &random)
    let inks = style.inks(after: 1)
    var marked = 0
    for _ in 0..<random.integer(in: 1...3) {
      let (rows, columns) = (3 + 2 * random.below(2), 3 + 2 * random.below(2))
      guard let box = sketch.place(rows: rows, columns: columns, using: &random),
        let ink = random.element(of: inks)
      else { continue }
      sketch.both { $0.fill(box, ink) }
      sketch.answer[box.row + rows / 2, box.column + columns / 2] = mark
      marked += 1
    }
    for _ in 0..<style.someDistractors(using: &random) {
      let (rows, columns) = (2 + 2 * random.below(2), 2 + 2 * random.below(2))
      guard let box = sketch.place(rows: rows, columns: columns, using: &random),
        let ink = random.element(of: inks)
      else { continue }
      sketch.both { $0.fill(box, ink) }
    }
    return marked > 0 ? sketch.pair : nil
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    var answer = question
    for object in question.objects() where object.box.rows % 2 == 1 && object.box.columns % 2 == 1 {
      let box = object.box
      answer[box.row + box.rows / 2, box.column + box.columns / 2] = mark
    }
    return answer
  }
}
