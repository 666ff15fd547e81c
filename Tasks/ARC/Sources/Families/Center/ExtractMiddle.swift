import Randomness

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
