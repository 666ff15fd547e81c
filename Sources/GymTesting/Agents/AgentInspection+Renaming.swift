import Gym
import Randomness

extension AgentInspection {
  /// An agent that claims it gives a renamed question the renamed answer.
  func inspectRenaming(_ agent: Subject) {
    guard agent.commutesWithRenaming, context.exchangeable.count > 1 else { return }
    let asked = questions("renaming", 0, count: 2 * context.batchSize)
    guard let answers = answers(of: agent, to: asked) else { return }
    var random = RandomStream(key: key.deriving("renaming"), stream: 1)
    for _ in 0..<3 {
      let names = renaming(using: &random)
      let renamed = QuestionBatch(
        cells: asked.cells, questions: asked.questions.map { names[Int($0)] },
        identifiers: asked.identifiers)
      guard let others = self.answers(of: agent, to: renamed) else { return }
      var (same, all) = (0, 0)
      for index in 0..<asked.count {
        // Tokens that a question lacks are told apart by nothing, so that ties between them are
        // broken by their order.
        let absent = Set(context.exchangeable).subtracting(renamed.question(index))
        for (token, other) in zip(answers[index].answer ?? [], others[index].answer ?? []) {
          let isTie = absent.contains(names[Int(token)]) && absent.contains(other)
          same += names[Int(token)] == other || isTie ? 1 : 0
          all += 1
        }
      }
      // Sums in another order may decide a near tie differently, so a few cells may differ.
      log.expect(
        10 * same >= 9 * all, .renaming,
        "with tokens renamed, \(all - same) of \(all) cells are not answered by the renamed token")
    }
  }

  /// A random renaming of the exchangeable tokens: for each token, its new name.
  private func renaming(using random: inout RandomStream) -> [UInt8] {
    var names = (0..<context.vocabularyCount).map { UInt8($0) }
    for (token, name) in zip(context.exchangeable, random.shuffled(context.exchangeable)) {
      names[Int(token)] = name
    }
    return names
  }
}
