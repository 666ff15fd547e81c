import Randomness

/// Every rectangle that is partly covered is brought to the front.
struct BringToFront: ARCFamily {
  static let name = "bring-to-front"
  static let concept = ARCConcept.topBottom3D

  private let style: ARCStyle

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    var sketch = Sketch(style, atLeast: 8, using: &random)
    let inks = random.shuffled(style.palette)
    let pairs = style.maxSize > 10 ? random.integer(in: 1...2) : 1
    for index in 0..<pairs {
      let overlap = Overlap(using: &random)
      guard let room = sketch.place(rows: overlap.rows, columns: overlap.columns, using: &random)
      else { continue }
      let lower = overlap.lower.moved(down: room.row, right: room.column)
      let upper = overlap.upper.moved(down: room.row, right: room.column)
      sketch.question.fill(lower, inks[2 * index])
      sketch.both { $0.fill(upper, inks[2 * index + 1]) }
      sketch.answer.fill(lower, inks[2 * index])
    }
    for _ in 0..<style.someDistractors(using: &random) {
      guard let ink = random.element(of: style.palette),
        let box = sketch.place(sides: 1...3, using: &random)
      else { continue }
      sketch.both { $0.fill(box, ink) }
    }
    return sketch.question == sketch.answer ? nil : sketch.pair
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    var answer = question
    for object in question.objects() where !object.isRectangle {
      answer.fill(object.box, object.color)
    }
    return answer
  }
}
