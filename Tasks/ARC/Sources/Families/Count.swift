import Gym

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

/// The answer is one cell in the color that most objects have.
struct MostFrequent: ARCFamily {
  static let name = "most-frequent"
  static let concept = ARCConcept.count

  private let style: ARCStyle

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    var sketch = Sketch(style, atLeast: 8, using: &random)
    let inks = random.shuffled(style.palette).prefix(2 + min(2, style.distractors))
    let most = random.integer(in: 2...4)
    for (index, ink) in inks.enumerated() {
      for _ in 0..<(index == 0 ? most : random.integer(in: 1...most - 1)) {
        // Every object must fit, or the counts would not be the intended ones.
        guard let (box, shape) = sketch.placeBlob(sides: 1...2, inks: [ink], using: &random)
        else { return nil }
        sketch.question.paste(shape, at: box)
      }
    }
    sketch.answer = ARCGrid(rows: 1, columns: 1, filledWith: inks[0])
    return sketch.pair
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    var counts = [Int](repeating: 0, count: ARCGrid.colors)
    for object in question.objects() { counts[Int(object.color)] += 1 }
    guard let most = counts.max(), most > 0, counts.count(where: { $0 == most }) == 1,
      let ink = counts.firstIndex(of: most)
    else { return nil }
    return ARCGrid(rows: 1, columns: 1, filledWith: UInt8(ink))
  }
}
