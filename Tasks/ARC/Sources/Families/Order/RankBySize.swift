import Randomness

/// Three rectangles of one color are colored by their rank in size.
struct RankBySize: ARCFamily {
  static let name = "rank-by-size"
  static let concept = ARCConcept.order

  private let style: ARCStyle
  /// The colors of the smallest, the middle and the largest.
  private var ranks: ArraySlice<UInt8> { style.palette[1...3] }

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    var sketch = Sketch(style, atLeast: 8, using: &random)
    var boxes: [Box] = []
    for _ in 0..<3 {
      guard let box = sketch.place(sides: 1...4, using: &random),
        !boxes.contains(where: { $0.cells == box.cells })
      else { return nil }
      boxes.append(box)
    }
    for (box, rank) in zip(boxes.sorted { $0.cells < $1.cells }, ranks) {
      sketch.question.fill(box, style.palette[0])
      sketch.answer.fill(box, rank)
    }
    return sketch.pair
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    let objects = question.objects().sorted { $0.cells.count < $1.cells.count }
    guard objects.count == ranks.count else { return nil }
    var answer = question
    for (object, rank) in zip(objects, ranks) { answer.paint(object, rank) }
    return answer
  }
}
