import Gym
import Randomness

extension TaskInspection {
  /// Extra clues, taken from the answer, leave a puzzle valid: training may add them.
  func inspectClues() throws {
    if let regions = task.regions {
      log.expect(
        regions.count == task.grid.cells && regions.allSatisfy((0..<task.grid.cells).contains),
        .clues, "regions are not one number per cell, from 0, and fewer than the cells")
    }
    guard let tokens = task.clueTokens else { return }
    let named = tokens.clues.union([tokens.blank])
    for token in named.sorted() where !task.vocabulary.contains(token) {
      log.fail(.clues, "token \(token) is named, and the vocabulary has \(task.vocabulary.count)")
    }
    log.expect(
      !named.contains(Vocabulary.padding) && !tokens.clues.contains(tokens.blank), .clues,
      "padding or the blank itself is among the clues")
    log.expect(
      examples.contains { $0.question.contains(tokens.blank) }, .clues,
      "no generated question holds the blank token \(tokens.blank)")
    for (index, example) in examples.enumerated() {
      var random = stream("clues", index)
      for share in [0.3, 0.8] {
        let question = tokens.revealing(
          share, of: example.question, answer: example.answer, using: &random)
        let revealed = Example(question: question, answer: example.answer)
        let verdict = try task.verify(example.answer, for: revealed)
        log.expect(
          verdict.isSolved, .clues,
          "\(show(question)) has further clues, and its answer is refused: \(verdict.problem ?? "")"
        )
        switch try task.solve(question) {
        case .unique(let answer) where !agrees(answer, with: revealed):
          log.fail(.clues, "\(show(question)) has further clues, and another answer")
        case .several where !task.allowsSeveralAnswers:
          log.fail(.clues, "\(show(question)) has further clues, and several answers")
        case .none, .invalid:
          log.fail(.clues, "\(show(question)) has further clues, and is no question any more")
        case .unique, .several, .unsupported: break
        }
      }
    }
  }
}
