import Randomness

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
