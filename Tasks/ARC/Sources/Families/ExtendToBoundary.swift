import Gym

/// Every segment is extended to both borders; blocks stay unchanged.
struct ExtendSegments: ARCFamily {
  static let name = "extend-segments"
  static let concept = ARCConcept.extendToBoundary

  private let style: ARCStyle

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    var sketch = Sketch(style, atLeast: 6, using: &random)
    // One direction for all segments of a pair: no two lines cross.
    let isVertical = random.below(2) == 0
    let along = isVertical ? sketch.question.rows : sketch.question.columns
    for _ in 0..<random.integer(in: 1...3) {
      guard let lane = sketch.placeLane(width: 1, isVertical: isVertical, using: &random),
        let ink = random.element(of: style.palette)
      else { continue }
      let length = random.integer(in: 2...min(4, along - 1))
      let start = random.below(along - length + 1)
      sketch.question.fill(
        isVertical
          ? Box(row: start, column: lane.column, rows: length, columns: 1)
          : Box(row: lane.row, column: start, rows: 1, columns: length), ink)
      sketch.answer.fill(lane, ink)
    }
    for _ in 0..<style.someDistractors(using: &random) {
      guard let lane = sketch.placeLane(width: 2, isVertical: isVertical, using: &random),
        let ink = random.element(of: style.palette)
      else { continue }
      let start = random.below(along - 1)
      let box = Box(
        row: isVertical ? start : lane.row, column: isVertical ? lane.column : start, rows: 2,
        columns: 2)
      sketch.both { $0.fill(box, ink) }
    }
    return sketch.pair
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    var answer = question
    for object in question.objects() {
      var line = object.box
      if line.rows == 1, line.columns > 1 {
        (line.column, line.columns) = (0, question.columns)
      } else if line.columns == 1, line.rows > 1 {
        (line.row, line.rows) = (0, question.rows)
      }
      answer.fill(line, object.color)
    }
    return answer
  }
}

/// Every single cell shoots a ray to the border, always in the same direction; blocks stay
/// unchanged.
struct ShootRays: ARCFamily {
  static let name = "shoot-rays"
  static let concept = ARCConcept.extendToBoundary

  private let style: ARCStyle
  private let direction: Direction

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
    direction = .random(using: &random)
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    var sketch = Sketch(style, atLeast: 6, using: &random)
    for _ in 0..<random.integer(in: 2...3) {
      guard let ink = random.element(of: style.palette),
        let lane = sketch.placeLane(width: 1, isVertical: direction.isVertical, using: &random)
      else { continue }
      let place = random.below(lane.cells)
      var (row, column) =
        direction.isVertical ? (place, lane.column) : (lane.row, place)
      sketch.question[row, column] = ink
      while lane.contains(row: row, column: column) {
        sketch.answer[row, column] = ink
        (row, column) = (row + direction.down, column + direction.right)
      }
    }
    for _ in 0..<style.someDistractors(using: &random) {
      guard let ink = random.element(of: style.palette),
        let lane = sketch.placeLane(width: 2, isVertical: direction.isVertical, using: &random)
      else { continue }
      let place = random.below(max(lane.rows, lane.columns) - 1)
      let box = Box(
        row: direction.isVertical ? place : lane.row,
        column: direction.isVertical ? lane.column : place, rows: 2, columns: 2)
      sketch.both { $0.fill(box, ink) }
    }
    return sketch.pair
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    var answer = question
    for object in question.objects() where object.cells.count == 1 {
      for step in 1...ARCGrid.maxSide {
        answer.paint(object, movedDown: step * direction.down, right: step * direction.right)
      }
    }
    return answer
  }
}
