import Gym

/// Frames of different colors have gaps; the gaps are filled in one color.
struct CompleteFrames: ARCFamily {
  static let name = "complete-frames"
  static let concept = ARCConcept.completeShape

  private let style: ARCStyle
  private var mark: UInt8 { style.palette[0] }

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    var sketch = Sketch(style, atLeast: 6, using: &random)
    var gaps = 0
    let count = random.integer(in: 1...2) + style.someDistractors(using: &random)
    for ink in random.shuffled(style.inks(after: 1)).prefix(count) {
      guard let box = sketch.place(sides: 4...6, using: &random) else { continue }
      sketch.both { $0.frame(box, ink) }
      for _ in 0..<random.below(5) {
        // Never a corner: the corners show where the frame was.
        let isFar = random.below(2) == 0
        var (row, column) = isFar ? (box.bottom, box.right) : (box.row, box.column)
        if random.below(2) == 0 {
          column = box.column + 1 + random.below(box.columns - 2)
        } else {
          row = box.row + 1 + random.below(box.rows - 2)
        }
        sketch.question[row, column] = 0
        sketch.answer[row, column] = mark
        gaps += 1
      }
    }
    return gaps > 0 ? sketch.pair : nil
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    var answer = question
    for ink in question.inks {
      guard let box = question.box(where: { $0 == ink }) else { continue }
      var frame = ARCGrid(rows: question.rows, columns: question.columns)
      frame.frame(box, mark)
      for cell in frame.cells.indices where frame.cells[cell] != 0 && question.cells[cell] == 0 {
        answer.cells[cell] = mark
      }
    }
    return answer
  }
}

/// A line is a mirror: objects on one side of it also appear on the other.
struct CompleteMirror: ARCFamily {
  static let name = "complete-mirror"
  static let concept = ARCConcept.completeShape

  private let style: ARCStyle
  private var axis: UInt8 { style.palette[0] }

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    let half = (style.side(atLeast: 7, using: &random) - 1) / 2
    let rows = style.side(atLeast: 4, using: &random)
    var sketch = Sketch(rows: rows, columns: 2 * half + 1)
    var drawn = 0
    for _ in 0..<random.integer(in: 1...2) + style.someDistractors(using: &random) {
      guard
        let (box, shape) = sketch.placeBlob(
          sides: 1...3, inks: style.inks(after: 1),
          in: Box(row: 0, column: 0, rows: rows, columns: half), using: &random)
      else { continue }
      sketch.question.paste(shape, at: box)
      drawn += 1
    }
    sketch.answer = sketch.question
    sketch.answer.paste(sketch.question.mirrored, at: sketch.question.bounds)
    sketch.both { $0.fill(Box(row: 0, column: half, rows: rows, columns: 1), axis) }
    if random.below(2) == 0 { sketch.question = sketch.question.mirrored }
    return drawn > 0 ? sketch.pair : nil
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    guard let axis = question.fullColumn(of: axis) else { return nil }
    var answer = question
    for row in 0..<question.rows {
      for column in 0..<question.columns where question[row, column] != 0 {
        let image = 2 * axis - column
        guard (0..<question.columns).contains(image) else { return nil }
        answer[row, image] = question[row, column]
      }
    }
    return answer
  }
}
