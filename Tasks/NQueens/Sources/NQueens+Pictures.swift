import Gym

extension NQueens {
  /// Consequences, guesses and guesses taken back; cells that are attacked or ruled out are empty.
  public func trace(of question: [UInt8]) -> ReasoningTrace? {
    guard let board = board(question), let answer = answer(to: question) else { return nil }
    var steps = [ReasoningTrace.Step(.question, question)]
    _ = QueenSearch(board, limit: 1) { event, board in
      let kind: ReasoningTrace.Event =
        switch event {
        case .conclusion: .propagation
        case .guess: .guess
        case .undo: .undo
        }
      // The first thousand steps show enough of a long search.
      if steps.count < 1000 { steps.append(.init(kind, picture(of: board))) }
    }
    return ReasoningTrace(steps + [.init(.answer, answer)])
  }

  private func picture(of board: QueenBoard) -> [UInt8] {
    (0..<grid.cells).map { cell in
      let (row, column) = (cell / size, cell % size)
      if board.queens[row] == column { return Token.queen }
      return board.allows(row: row, column: column) ? Token.open : Token.empty
    }
  }

  public func draw(_ question: [UInt8], answer: [UInt8]?) -> Drawing {
    let cells = (0..<grid.cells).map { cell -> Drawing.Cell in
      let asked = cell < question.count ? question[cell] : Vocabulary.padding
      let shown = answer.map { cell < $0.count ? $0[cell] : Vocabulary.padding } ?? asked
      switch shown {
      case Token.queen: return Drawing.Cell("Q", asked == Token.queen ? .given : .answer)
      case Token.empty: return Drawing.Cell("-", asked == Token.queen ? .wrong : .blank)
      case Token.open: return Drawing.Cell(".", .blank)
      case Vocabulary.padding: return Drawing.Cell(" ", .outside)
      default: return Drawing.Cell("?", .wrong)
      }
    }
    return Drawing(grid: grid, cells: cells)
  }
}
