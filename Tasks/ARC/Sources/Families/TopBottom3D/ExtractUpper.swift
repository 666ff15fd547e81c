import Randomness

/// Of two rectangles, the answer is the one that lies on top.
struct ExtractUpper: ARCFamily {
  static let name = "extract-upper"
  static let concept = ARCConcept.topBottom3D

  private let style: ARCStyle

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    var sketch = Sketch(style, atLeast: 8, using: &random)
    let overlap = Overlap(using: &random)
    guard let room = sketch.place(rows: overlap.rows, columns: overlap.columns, using: &random)
    else { return nil }
    let inks = random.shuffled(style.palette)
    sketch.question.fill(overlap.lower.moved(down: room.row, right: room.column), inks[0])
    sketch.question.fill(overlap.upper.moved(down: room.row, right: room.column), inks[1])
    sketch.answer = ARCGrid(
      rows: overlap.upper.rows, columns: overlap.upper.columns, filledWith: inks[1])
    return sketch.pair
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    let upper = question.objects().filter(\.isRectangle)
    return upper.count == 1 ? question.crop(upper[0].box) : nil
  }
}
