import Gym

/// Every rectangle that is partly covered is brought to the front.
struct BringToFront: ARCFamily {
  static let name = "bring-to-front"
  static let concept = ARCConcept.topBottom3D

  private let style: ARCStyle

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    var sketch = Sketch(style, atLeast: 8, using: &random)
    let inks = random.shuffled(style.palette)
    let pairs = style.maxSize > 10 ? random.integer(in: 1...2) : 1
    for index in 0..<pairs {
      let overlap = Overlap(using: &random)
      guard let room = sketch.place(rows: overlap.rows, columns: overlap.columns, using: &random)
      else { continue }
      let lower = overlap.lower.moved(down: room.row, right: room.column)
      let upper = overlap.upper.moved(down: room.row, right: room.column)
      sketch.question.fill(lower, inks[2 * index])
      sketch.both { $0.fill(upper, inks[2 * index + 1]) }
      sketch.answer.fill(lower, inks[2 * index])
    }
    for _ in 0..<style.someDistractors(using: &random) {
      guard let ink = random.element(of: style.palette),
        let box = sketch.place(sides: 1...3, using: &random)
      else { continue }
      sketch.both { $0.fill(box, ink) }
    }
    return sketch.question == sketch.answer ? nil : sketch.pair
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    var answer = question
    for object in question.objects() where !object.isRectangle {
      answer.fill(object.box, object.color)
    }
    return answer
  }
}

/// Of two rectangles, the answer is the one that lies on top.
struct ExtractUpper: ARCFamily {
  static let name = "extract-upper"
  static let concept = ARCConcept.topBottom3D

  private let style: ARCStyle

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    var sketch = Sketch(style, atLeast: 8, using: &random)
    let overlap = Overlap(using: &random)
    guard let room = sketch.place(rows: overlap.rows, columns: overlap.columns, using: &random)
    else { return nil }
    let inks = random.shuffled(style.palette)
    sketch.question.fill(overlap.lower.moved(down: room.row, right: room.column), inks[0])
    sketch.question.fill(overlap.upper.moved(down: room.row, right: room.column), inks[1])
    sketch.answer = ARCGrid(
      rows: overlap.upper.rows, columns: overlap.upper.columns, filledWith: inks[1])
    return sketch.pair
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    let upper = question.objects().filter(\.isRectangle)
    return upper.count == 1 ? question.crop(upper[0].box) : nil
  }
}

/// Two rectangles, the upper of which covers one corner of the lower.
struct Overlap {
  /// The bounding box of both.
  let rows: Int
  let columns: Int
  /// Positions within that box.
  let lower: Box
  let upper: Box

  /// A random overlap; a cell of every side of the lower rectangle stays visible.
  init(using random: inout RandomStream) {
    let down = Self.axis(using: &random)
    let right = Self.axis(using: &random)
    rows = down.total
    columns = right.total
    lower = Box(
      row: down.lower, column: right.lower, rows: down.lowerSide, columns: right.lowerSide)
    upper = Box(
      row: down.upper, column: right.upper, rows: down.upperSide, columns: right.upperSide)
  }

  private static func axis(
    using random: inout RandomStream
  ) -> (lower: Int, lowerSide: Int, upper: Int, upperSide: Int, total: Int) {
    let (lowerSide, upperSide) = (random.integer(in: 3...4), random.integer(in: 2...4))
    let shared = random.integer(in: 1...min(lowerSide - 1, upperSide))
    let total = lowerSide + upperSide - shared
    return random.below(2) == 0
      ? (0, lowerSide, lowerSide - shared, upperSide, total)
      : (upperSide - shared, lowerSide, 0, upperSide, total)
  }
}
