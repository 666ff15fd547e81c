import Gym
import Randomness

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
