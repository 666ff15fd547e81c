import Gym

extension MazeHard: DrawnTask {
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
