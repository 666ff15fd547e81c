import Randomness

/// Every object is copied to one side, one free cell away, always on the same side.
struct CopyBeside: ARCFamily {
  static let name = "copy-beside"
  static let concept = ARCConcept.copy

  private let style: ARCStyle
  private let direction: Direction

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
    direction = .random(using: &random)
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    var sketch = Sketch(style, atLeast: 8, using: &random)
    var copied = 0
    for _ in 0..<random.integer(in: 1...2) + style.someDistractors(using: &random) {
      let (rows, columns) = (random.integer(in: 1...3), random.integer(in: 1...3))
      guard let ink = random.element(of: style.palette),
        let room = sketch.place(
          rows: direction.isVertical ? 2 * rows + 1 : rows,
          columns: direction.isVertical ? columns : 2 * columns + 1, using: &random)
      else { continue }
      let shape = ARCGrid.blob(rows: rows, columns: columns, color: ink, using: &random)
      let near = Box(row: room.row, column: room.column, rows: rows, columns: columns)
      let far = near.moved(down: room.rows - rows, right: room.columns - columns)
      let isForward = direction == .down || direction == .right
      sketch.both { $0.paste(shape, at: isForward ? near : far) }
      sketch.answer.paste(shape, at: isForward ? far : near)
      copied += 1
    }
    return copied > 0 ? sketch.pair : nil
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    var answer = question
    for object in question.objects() {
      answer.paint(
        object, movedDown: direction.down * (object.box.rows + 1),
        right: direction.right * (object.box.columns + 1))
    }
    return answer
  }
}
