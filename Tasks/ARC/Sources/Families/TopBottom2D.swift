import Gym

/// The answer is the object that reaches lowest, cut out.
struct ExtractLowest: ARCFamily {
  static let name = "extract-lowest"
  static let concept = ARCConcept.topBottom2D

  private let style: ARCStyle

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    var sketch = Sketch(style, atLeast: 7, using: &random)
    var drawn: [(box: Box, shape: ARCGrid)] = []
    for _ in 0..<2 + style.someDistractors(using: &random) {
      guard let blob = sketch.placeBlob(sides: 2...3, inks: style.palette, using: &random) else {
        continue
      }
      sketch.question.paste(blob.shape, at: blob.box)
      drawn.append(blob)
    }
    let bottom = drawn.map(\.box.bottom).max()
    let lowest = drawn.filter { $0.box.bottom == bottom }
    guard drawn.count > 1, lowest.count == 1 else { return nil }
    sketch.answer = lowest[0].shape
    return sketch.pair
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    guard let lowest = question.objects().max(by: { $0.box.bottom < $1.box.bottom }) else {
      return nil
    }
    var alone = ARCGrid(rows: question.rows, columns: question.columns)
    alone.paint(lowest, lowest.color)
    return alone.crop(lowest.box)
  }
}

/// The topmost object changes to another color.
struct RecolorTopmost: ARCFamily {
  static let name = "recolour-topmost"
  static let concept = ARCConcept.topBottom2D

  private let style: ARCStyle
  private var mark: UInt8 { style.palette[0] }

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    var sketch = Sketch(style, atLeast: 7, using: &random)
    var drawn: [(box: Box, shape: ARCGrid)] = []
    for _ in 0..<2 + style.someDistractors(using: &random) {
      guard
        let blob = sketch.placeBlob(
          sides: 1...3, inks: style.inks(after: 1), using: &random)
      else { continue }
      sketch.both { $0.paste(blob.shape, at: blob.box) }
      drawn.append(blob)
    }
    let top = drawn.map(\.box.row).min()
    let topmost = drawn.filter { $0.box.row == top }
    guard drawn.count > 1, topmost.count == 1 else { return nil }
    sketch.answer.paste(topmost[0].shape.painted(mark), at: topmost[0].box)
    return sketch.pair
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    guard let topmost = question.objects().min(by: { $0.box.row < $1.box.row }) else { return nil }
    var answer = question
    answer.paint(topmost, mark)
    return answer
  }
}
