import Gym

/// Closed frames are filled; frames with a gap stay empty.
struct FillHollow: ARCFamily {
  static let name = "fill-hollow"
  static let concept = ARCConcept.filledNotFilled

  private let style: ARCStyle
  private var filling: UInt8 { style.palette[0] }

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    let inks = style.inks(after: 1)
    var sketch = Sketch(style, atLeast: 6, using: &random)
    var filled = 0
    for _ in 0..<random.integer(in: 1...2) {
      guard let box = sketch.place(sides: 3...6, using: &random) else { continue }
      let ink = inks[random.below(inks.count)]
      sketch.both { $0.frame(box, ink) }
      sketch.answer.fill(box.inset(by: 1), filling)
      filled += 1
    }
    for _ in 0..<style.someDistractors(using: &random) {
      guard let box = sketch.place(sides: 3...5, using: &random) else { continue }
      let ink = inks[random.below(inks.count)]
      let row = box.row + 1 + random.below(box.rows - 2)
      sketch.both {
        $0.frame(box, ink)
        $0[row, box.right] = 0
      }
    }
    return filled > 0 ? sketch.pair : nil
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    let enclosed = question.enclosed { $0 != 0 }
    var answer = question
    for cell in question.cells.indices where enclosed[cell] { answer.cells[cell] = filling }
    return answer
  }
}

/// Filled rectangles change to another color; hollow ones stay.
struct RecolorFilled: ARCFamily {
  static let name = "recolour-filled"
  static let concept = ARCConcept.filledNotFilled

  private let style: ARCStyle
  private var mark: UInt8 { style.palette[0] }

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    let inks = style.inks(after: 1)
    var sketch = Sketch(style, atLeast: 8, using: &random)
    var (filled, hollow) = (0, 0)
    for index in 0..<random.integer(in: 2...4) + style.someDistractors(using: &random) {
      guard let box = sketch.place(sides: 3...4, using: &random) else { continue }
      let ink = inks[random.below(inks.count)]
      // The first two show both kinds.
      if index == 0 || index > 1 && random.below(2) == 0 {
        sketch.question.fill(box, ink)
        sketch.answer.fill(box, mark)
        filled += 1
      } else {
        sketch.both { $0.frame(box, ink) }
        hollow += 1
      }
    }
    return filled > 0 && hollow > 0 ? sketch.pair : nil
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    var answer = question
    for object in question.objects() where object.isRectangle { answer.paint(object, mark) }
    return answer
  }
}
