import Gym
import GymRandomness

extension TaskInspection {
  /// Renaming exchangeable tokens is among the task's symmetries: it leaves every cell in its
  /// place, and right and wrong answers as they were.
  func inspectExchangeableTokens() throws {
    let tokens = task.exchangeableTokens
    guard !tokens.isEmpty else { return }
    let reserved = [Vocabulary.padding] + [task.clueTokens?.blank].compactMap { $0 }
    let areSound =
      Set(tokens).count == tokens.count && tokens.count > 1
      && tokens.allSatisfy { task.vocabulary.contains($0) && !reserved.contains($0) }
    log.expect(
      areSound, .exchangeability,
      "\(tokens) are not two or more distinct tokens without padding and blank")
    guard areSound else { return }
    for (index, example) in examples.enumerated() {
      try inspectRenaming(of: example, by: renaming(index), index)
      // A symmetry never makes an exchangeable token one that is not.
      let drawn = randomSymmetry("exchangeable", index).tokens
      log.expect(
        drawn.count != task.vocabulary.count || Set(tokens.map { drawn[Int($0)] }) == Set(tokens),
        .exchangeability, "a random symmetry gives one of them the name of another token")
    }
  }

  private func inspectRenaming(of example: Example, by symmetry: Symmetry, _ index: Int) throws {
    var renamed = example
    renamed.question = symmetry.applied(to: example.question)
    renamed.answer = symmetry.applied(to: example.answer)
    for answer in [example.answer, example.question] + nearMisses(of: example, index) {
      let isSolved = try task.verify(answer, for: example).isSolved
      let name = symmetry.applied(to: answer)
      let isSolvedRenamed = try task.verify(name, for: renamed).isSolved
      log.expect(
        isSolvedRenamed == isSolved, .exchangeability,
        "\(show(answer)) is \(isSolved ? "right" : "wrong"), renamed \(show(name)) is not")
    }
    log.expect(
      task.canonicalForm(of: example) == task.canonicalForm(of: renamed), .exchangeability,
      "\(show(example.question)) and \(show(renamed.question)) have two canonical forms")
  }

  /// A random renaming that leaves every cell in its place.
  private func renaming(_ index: Int) -> Symmetry {
    var random = stream("renaming", index)
    var names = (0..<task.vocabulary.count).map { UInt8($0) }
    for (token, name) in zip(task.exchangeableTokens, random.shuffled(task.exchangeableTokens)) {
      names[Int(token)] = name
    }
    return Symmetry(cells: Symmetry.identity(for: task).cells, tokens: names)
  }
}

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
          log.fail(.clues, "\(show(question)) has further clues, and is not a question any more")
        case .unique, .several, .unsupported: break
        }
      }
    }
  }
}
