import Gym

/// The answer is the contents of the only frame.
struct ExtractFramed: ARCFamily {
  static let name = "extract-framed"
  static let concept = ARCConcept.extractObjects

  private let style: ARCStyle
  private var frame: UInt8 { style.palette[0] }

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    let inks = style.inks(after: 1)
    var sketch = Sketch(style, atLeast: 8, using: &random)
    guard let box = sketch.place(sides: 4...6, using: &random) else { return nil }
    var picture = ARCGrid(rows: box.rows - 2, columns: box.columns - 2)
    for cell in picture.cells.indices where random.below(3) > 0 {
      picture.cells[cell] = inks[random.below(inks.count)]
    }
    sketch.question.frame(box, frame)
    sketch.question.paste(picture, at: box.inset(by: 1))
    for _ in 0..<1 + style.someDistractors(using: &random) {
      guard let (box, shape) = sketch.placeBlob(sides: 1...3, inks: inks, using: &random) else {
        continue
      }
      sketch.question.paste(shape, at: box)
    }
    sketch.answer = picture
    return sketch.pair
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    guard let box = question.box(where: { $0 == frame }), box.rows > 2, box.columns > 2 else {
      return nil
    }
    return question.crop(box.inset(by: 1))
  }
}

/// The answer is the largest object, cut out.
struct ExtractLargest: ARCFamily {
  static let name = "extract-largest"
  static let concept = ARCConcept.extractObjects

  private let style: ARCStyle

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    var sketch = Sketch(style, atLeast: 6, using: &random)
    // A shape that spans 3×3 has at least five cells; one within 2×2 has at most four.
    guard let (box, largest) = sketch.placeBlob(sides: 3...4, inks: style.palette, using: &random)
    else { return nil }
    sketch.question.paste(largest, at: box)
    for _ in 0..<random.integer(in: 1...3) + style.someDistractors(using: &random) {
      guard let (box, shape) = sketch.placeBlob(sides: 1...2, inks: style.palette, using: &random)
      else { continue }
      sketch.question.paste(shape, at: box)
    }
    sketch.answer = largest
    return sketch.pair
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    guard let largest = question.objects().max(by: { $0.cells.count < $1.cells.count }) else {
      return nil
    }
    var alone = ARCGrid(rows: question.rows, columns: question.columns)
    alone.paint(largest, largest.color)
    return alone.crop(largest.box)
  }
}
