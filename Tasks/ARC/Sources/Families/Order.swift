import Gym

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

/// Bars of different heights stand side by side; the answer has them in order.
struct SortBars: ARCFamily {
  static let name = "sort-bars"
  static let concept = ARCConcept.order

  private let style: ARCStyle
  private let isAscending: Bool

  init(_ style: ARCStyle, using random: inout RandomStream) {
    self.style = style
    isAscending = random.below(2) == 0
  }

  func draw(using random: inout RandomStream) -> ARCPair? {
    let rows = style.side(atLeast: 5, using: &random)
    let count = random.integer(in: 3...min(rows, (style.maxSize + 1) / 2, 6))
    let heights = Array(random.shuffled(Array(1...rows)).prefix(count))
    let inks = heights.map { _ in style.palette[random.below(style.palette.count)] }
    var sketch = Sketch(rows: rows, columns: 2 * count - 1)
    for index in 0..<count {
      let height = heights[index]
      let shorter = heights.count { $0 < height }
      let place = isAscending ? shorter : count - 1 - shorter
      let bar = Box(row: rows - height, column: 2 * index, rows: height, columns: 1)
      sketch.question.fill(bar, inks[index])
      sketch.answer.fill(bar.moved(down: 0, right: 2 * (place - index)), inks[index])
    }
    return sketch.pair
  }

  func apply(_ question: ARCGrid) -> ARCGrid? {
    let bars = question.objects()
    let columns = bars.map(\.box.column).sorted()
    let sorted = bars.sorted {
      isAscending ? $0.cells.count < $1.cells.count : $0.cells.count > $1.cells.count
    }
    var answer = ARCGrid(rows: question.rows, columns: question.columns)
    for (bar, column) in zip(sorted, columns) {
      answer.paint(bar, movedDown: 0, right: column - bar.box.column)
    }
    return answer
  }
}
