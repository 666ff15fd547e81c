import Randomness

/// Every object slides to the border, always in the same direction.
struct SlideToEdge: ARCFamily {
  static let name = "slide-to-edge"
  static let concept = ARCConcept.moveToBoundary

  private let style: ARCStyle
  private let direction: Direction

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
    direction = .random(using: &random)
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    var sketch = Sketch(style, atLeast: 6, using: &random)
    for _ in 0..<random.integer(in: 1...3) + style.someDistractors(using: &random) {
      let (width, length) = (random.integer(in: 1...3), random.integer(in: 1...3))
      guard let ink = random.element(of: style.palette),
        let lane = sketch.placeLane(width: width, isVertical: direction.isVertical, using: &random)
      else { continue }
      let shape = ARCGrid.blob(
        rows: direction.isVertical ? length : width,
        columns: direction.isVertical ? width : length, color: ink, using: &random)
      let start = lane.moved(
        down: random.below(lane.rows - shape.rows + 1),
        right: random.below(lane.columns - shape.columns + 1))
      let end =
        direction == .down || direction == .right
        ? lane.moved(down: lane.rows - shape.rows, right: lane.columns - shape.columns) : lane
      sketch.question.paste(shape, at: start)
      sketch.answer.paste(shape, at: end)
    }
    return sketch.pair
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    var answer = ARCGrid(rows: question.rows, columns: question.columns)
    for object in question.objects() {
      let steps = direction.room(for: object.box, in: question.bounds)
      answer.paint(object, movedDown: steps * direction.down, right: steps * direction.right)
    }
    return answer
  }
}
