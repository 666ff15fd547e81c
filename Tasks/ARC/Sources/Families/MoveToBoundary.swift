import Gym

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

/// A wall goes through the grid; every object slides to it from its side.
struct SlideToWall: ARCFamily {
  static let name = "slide-to-wall"
  static let concept = ARCConcept.moveToBoundary

  private let style: ARCStyle
  private var wall: UInt8 { style.palette[0] }

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    let inks = style.inks(after: 1)
    var sketch = Sketch(style, atLeast: 8, using: &random)
    let columns = sketch.question.columns
    let place = random.integer(in: 3...columns - 4)
    let band = Box(row: 0, column: place, rows: sketch.question.rows, columns: 1)
    sketch.both { $0.fill(band, wall) }
    for _ in 0..<random.integer(in: 1...3) + style.someDistractors(using: &random) {
      let (rows, length) = (random.integer(in: 1...3), random.integer(in: 1...2))
      guard let lane = sketch.placeLane(width: rows, isVertical: false, using: &random) else {
        continue
      }
      let shape = ARCGrid.blob(
        rows: rows, columns: length, color: inks[random.below(inks.count)], using: &random)
      let isLeft = random.below(2) == 0
      let room = isLeft ? place : columns - place - 1
      let start = (isLeft ? 0 : place + 1) + random.below(room - length + 1)
      sketch.question.paste(shape, at: lane.moved(down: 0, right: start))
      sketch.answer.paste(
        shape, at: lane.moved(down: 0, right: isLeft ? place - length : place + 1))
    }
    return sketch.turned(random.below(2) == 0)
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    let column = question.fullColumn(of: wall)
    guard let place = column ?? question.fullRow(of: wall) else { return nil }
    var answer = ARCGrid(rows: question.rows, columns: question.columns)
    for object in question.objects() {
      let box = object.box
      if object.color == wall {
        answer.paint(object, wall)
      } else if column != nil {
        answer.paint(
          object, movedDown: 0,
          right: box.right < place ? place - 1 - box.right : place + 1 - box.column)
      } else {
        answer.paint(
          object, movedDown: box.bottom < place ? place - 1 - box.bottom : place + 1 - box.row,
          right: 0)
      }
    }
    return answer
  }
}
