import Randomness

/// Single stray cells vanish; the rectangles stay.
struct RemoveSpecks: ARCFamily {
  static let name = "remove-specks"
  static let concept = ARCConcept.cleanUp

  private let style: ARCStyle

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    var sketch = Sketch(style, atLeast: 7, using: &random)
    var kept = 0
    for _ in 0..<random.integer(in: 1...3) {
      guard let box = sketch.place(sides: 2...4, using: &random),
        let ink = random.element(of: style.palette)
      else { continue }
      sketch.both { $0.fill(box, ink) }
      kept += 1
    }
    var removed = 0
    for _ in 0..<random.integer(in: 2...4) + 2 * style.someDistractors(using: &random) {
      guard let box = sketch.place(rows: 1, columns: 1, using: &random),
        let ink = random.element(of: style.palette)
      else { continue }
      sketch.question.fill(box, ink)
      removed += 1
    }
    return kept > 0 && removed > 0 ? sketch.pair : nil
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    var answer = question
    for object in question.objects() where object.cells.count == 1 { answer.paint(object, 0) }
    return answer
  }
}
