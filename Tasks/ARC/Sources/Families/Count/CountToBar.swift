import Randomness

/// The answer is one row with as many cells as there are objects of one color.
struct CountToBar: ARCFamily {
  static let name = "count-to-bar"
  static let concept = ARCConcept.count

  private let style: ARCStyle
  private var counted: UInt8 { style.palette[0] }

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    var sketch = Sketch(style, atLeast: 7, using: &random)
    var count = 0
    for _ in 0..<random.integer(in: 1...6) {
      guard let (box, shape) = sketch.placeBlob(sides: 1...2, inks: [counted], using: &random)
      else { continue }
      sketch.question.paste(shape, at: box)
      count += 1
    }
    for _ in 0..<1 + style.someDistractors(using: &random) {
      guard
        let (box, shape) = sketch.placeBlob(
          sides: 1...2, inks: style.inks(after: 1), using: &random)
      else { continue }
      sketch.question.paste(shape, at: box)
    }
    guard count > 0 else { return nil }
    sketch.answer = ARCGrid(rows: 1, columns: count, filledWith: counted)
    return sketch.pair
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    let count = question.objects().count { $0.color == counted }
    guard (1...ARCGrid.maxSide).contains(count) else { return nil }
    return ARCGrid(rows: 1, columns: count, filledWith: counted)
  }
}
