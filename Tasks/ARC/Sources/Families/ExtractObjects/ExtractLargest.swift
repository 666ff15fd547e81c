import Randomness

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
