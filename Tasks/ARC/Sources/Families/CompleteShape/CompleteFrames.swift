import Randomness

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
