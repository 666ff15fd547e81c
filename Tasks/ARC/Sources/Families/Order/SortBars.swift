import Randomness

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
