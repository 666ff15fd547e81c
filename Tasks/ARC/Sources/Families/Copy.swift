import Gym

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

/// A stamp is printed on every marked cell, centered on the mark.
struct CopyToMarkers: ARCFamily {
  static let name = "copy-to-markers"
  static let concept = ARCConcept.copy

  private let style: ARCStyle
  private var marker: UInt8 { style.palette[0] }

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    var sketch = Sketch(style, atLeast: 8, using: &random)
    guard
      let (home, blob) = sketch.placeBlob(
        sides: 3...3, inks: style.inks(after: 1), using: &random)
    else { return nil }
    var stamp = blob
    for cell in stamp.cells.indices where stamp.cells[cell] != 0 {
      stamp.cells[cell] = random.element(of: style.inks(after: 1)) ?? stamp.cells[cell]
    }
    if stamp[1, 1] == 0 { stamp[1, 1] = style.inks(after: 1)[0] }
    sketch.both { $0.paste(stamp, at: home) }
    var printed = 0
    for _ in 0..<random.integer(in: 1...2) + style.someDistractors(using: &random) {
      guard let box = sketch.place(rows: 3, columns: 3, using: &random) else { continue }
      sketch.question[box.row + 1, box.column + 1] = marker
      sketch.answer.paste(stamp, at: box)
      printed += 1
    }
    return printed > 0 ? sketch.pair : nil
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    guard let home = question.box(where: { $0 != 0 && $0 != marker }) else { return nil }
    let stamp = question.crop(home)
    var answer = question
    for cell in question.cells.indices where question.cells[cell] == marker {
      let box = home.moved(
        down: cell / question.columns - home.row - home.rows / 2,
        right: cell % question.columns - home.column - home.columns / 2)
      guard box.row >= 0, box.column >= 0, box.bottom < question.rows,
        box.right < question.columns
      else { return nil }
      answer.paste(stamp, at: box)
    }
    return answer
  }
}
