import Randomness

/// All objects except one have the same shape, whatever their colors; the answer is the odd one.
struct ExtractOddOne: ARCFamily {
  static let name = "extract-odd-one"
  static let concept = ARCConcept.sameDifferent

  private let style: ARCStyle

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    let palette = style.palette
    let sides = 2...3
    let common = ARCGrid.blob(
      rows: random.integer(in: sides), columns: random.integer(in: sides), color: 1,
      using: &random)
    let odd = ARCGrid.blob(
      rows: random.integer(in: sides), columns: random.integer(in: sides),
      color: palette[random.below(palette.count)], using: &random)
    guard odd.painted(1) != common else { return nil }
    var sketch = Sketch(style, atLeast: 9, using: &random)
    guard let box = sketch.place(rows: odd.rows, columns: odd.columns, using: &random) else {
      return nil
    }
    sketch.question.paste(odd, at: box)
    var others = 0
    for _ in 0..<2 + style.someDistractors(using: &random) {
      guard let box = sketch.place(rows: common.rows, columns: common.columns, using: &random)
      else { continue }
      sketch.question.paste(common.painted(palette[random.below(palette.count)]), at: box)
      others += 1
    }
    sketch.answer = odd
    return others > 1 ? sketch.pair : nil
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    let shapes = question.objects().map { object -> ARCGrid in
      var alone = ARCGrid(rows: question.rows, columns: question.columns)
      alone.paint(object, object.color)
      return alone.crop(object.box)
    }
    let odd = shapes.filter { shape in
      shapes.count { $0.painted(1) == shape.painted(1) } == 1
    }
    return odd.count == 1 ? odd[0] : nil
  }
}
