import Gym

/// A question and its answer while they are drawn, and the space that is occupied.
struct Sketch {
  var question: ARCGrid
  var answer: ARCGrid
  private var taken: [Box] = []

  /// Empty grids with a shape.
  init(rows: Int, columns: Int) {
    question = ARCGrid(rows: rows, columns: columns)
    answer = question
  }

  /// Empty grids with random sides.
  init(_ style: ARCStyle, atLeast least: Int, using random: inout RandomStream) {
    self.init(
      rows: style.side(atLeast: least, using: &random),
      columns: style.side(atLeast: least, using: &random))
  }

  var pair: ARCPair { ARCPair(question, answer) }

  /// The pair, with rows and columns exchanged if requested.
  func turned(_ turns: Bool) -> ARCPair {
    let turn = ARCAugmentation(turns ? .transpose : .identity, .identity)
    return ARCPair(question.augmented(by: turn), answer.augmented(by: turn))
  }

  /// Draws the same on question and answer.
  mutating func both(_ draw: (inout ARCGrid) -> Void) {
    draw(&question)
    draw(&answer)
  }

  /// Marks space as occupied.
  mutating func take(_ box: Box) {
    taken.append(box)
  }

  /// Occupies space for a box at a random position, `gap` cells away from everything occupied.
  ///
  /// - Parameter region: must contain the whole box; nil for the grid.
  /// - Returns: nil if two dozen positions did not fit.
  mutating func place(
    rows: Int, columns: Int, gap: Int = 1, in region: Box? = nil,
    using random: inout RandomStream
  ) -> Box? {
    let region = region ?? question.bounds
    guard rows <= region.rows, columns <= region.columns else { return nil }
    for _ in 0..<24 {
      let box = Box(
        row: region.row + random.below(region.rows - rows + 1),
        column: region.column + random.below(region.columns - columns + 1), rows: rows,
        columns: columns)
      if !taken.contains(where: { $0.isNear(box, gap: gap) }) {
        taken.append(box)
        return box
      }
    }
    return nil
  }

  /// Occupies space for a box with random sides.
  mutating func place(
    sides: ClosedRange<Int>, gap: Int = 1, in region: Box? = nil,
    using random: inout RandomStream
  ) -> Box? {
    place(
      rows: random.integer(in: sides), columns: random.integer(in: sides), gap: gap, in: region,
      using: &random)
  }

  /// Occupies space for a random shape.
  ///
  /// - Returns: the space and the shape that fits into it.
  mutating func placeBlob(
    sides: ClosedRange<Int>, inks: [UInt8], in region: Box? = nil,
    using random: inout RandomStream
  ) -> (box: Box, shape: ARCGrid)? {
    guard let ink = random.element(of: inks),
      let box = place(sides: sides, in: region, using: &random)
    else { return nil }
    return (box, .blob(rows: box.rows, columns: box.columns, color: ink, using: &random))
  }

  /// Occupies a strip from border to border, one cell away from everything occupied.
  mutating func placeLane(
    width: Int, isVertical: Bool, using random: inout RandomStream
  ) -> Box? {
    isVertical
      ? place(rows: question.rows, columns: width, using: &random)
      : place(rows: width, columns: question.columns, using: &random)
  }
}
