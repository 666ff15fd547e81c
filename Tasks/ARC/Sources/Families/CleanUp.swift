import Gym

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

/// Rectangles are scratched in one color; the answer shows them whole.
struct RepairRectangles: ARCFamily {
  static let name = "repair-rectangles"
  static let concept = ARCConcept.cleanUp

  private let style: ARCStyle
  private var scratch: UInt8 { style.palette[0] }

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    var sketch = Sketch(style, atLeast: 6, using: &random)
    var scratched = 0
    for _ in 0..<random.integer(in: 1...2) + style.someDistractors(using: &random) {
      guard let box = sketch.place(sides: 3...5, using: &random),
        let ink = random.element(of: style.inks(after: 1))
      else { continue }
      sketch.both { $0.fill(box, ink) }
      // At most a third of the cells, so that the rectangle's own color prevails.
      for _ in 0..<random.below(box.cells / 3 + 1) {
        sketch.question[
          box.row + random.below(box.rows), box.column + random.below(box.columns)] = scratch
        scratched += 1
      }
    }
    return scratched > 0 ? sketch.pair : nil
  }

  /// If only the background separates them, each rectangle is one object with one true color.
  func apply(_ question: ARCGrid) -> ARCGrid? {
    let whole = question.painted(scratch)
    var answer = question
    for object in whole.objects() {
      let inks = object.cells.map { question.cells[$0] }.filter { $0 != scratch }
      guard let ink = inks.first, inks.allSatisfy({ $0 == ink }) else { return nil }
      answer.paint(object, ink)
    }
    return answer
  }
}
