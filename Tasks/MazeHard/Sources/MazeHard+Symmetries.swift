import Gym

extension MazeHard {
  /// The eight rotations and reflections of a square.
  static func dihedral(_ size: Int) -> [Symmetry] {
    let last = size - 1
    // The source of the cell at (row, column) of the result.
    let sources: [(Int, Int) -> (Int, Int)] = [
      { ($0, $1) }, { ($1, last - $0) }, { (last - $0, last - $1) }, { (last - $1, $0) },
      { ($0, last - $1) }, { (last - $0, $1) }, { ($1, $0) }, { (last - $1, last - $0) },
    ]
    return sources.map { source in
      Symmetry(
        cells: (0..<size * size).map { cell in
          let (row, column) = source(cell / size, cell % size)
          return UInt16(row * size + column)
        }, tokens: [0, 1, 2, 3, 4, 5])
    }
  }

  /// The least of the eight copies.
  public func canonicalForm(of question: [UInt8]) -> [UInt8]? {
    guard question.count == grid.cells else { return nil }
    return symmetries?.map { $0.applied(to: question) }.min { $0.lexicographicallyPrecedes($1) }
  }

  public func draw(_ question: [UInt8], answer: [UInt8]?) -> Drawing {
    let cells = (0..<grid.cells).map { cell -> Drawing.Cell in
      let asked = cell < question.count ? question[cell] : Vocabulary.padding
      let shown = answer.map { cell < $0.count ? $0[cell] : Vocabulary.padding } ?? asked
      let text = vocabulary.text([shown])
      switch shown {
      case MazeToken.path where asked == MazeToken.space || answer == nil:
        return Drawing.Cell(text, .path)
      case asked:
        return Drawing.Cell(text, Self.role(of: asked))
      default: return Drawing.Cell(text, .wrong)
      }
    }
    var drawing = Drawing(grid: grid, cells: cells)
    drawing.isSpaced = false
    return drawing
  }

  private static func role(of token: UInt8) -> Drawing.Role {
    switch token {
    case MazeToken.wall: .wall
    case MazeToken.start: .start
    case MazeToken.goal: .goal
    case Vocabulary.padding: .outside
    default: .blank
    }
  }
}
