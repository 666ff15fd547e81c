import Gym
import Randomness

extension TaskInspection {
  /// The solver finds answers that the verifier accepts, and rejects nonsense.
  func inspectSolver() throws {
    for (index, example) in examples.enumerated() {
      switch try task.solve(example.question) {
      case .unique(let answer):
        log.expect(
          agrees(answer, with: example), .solver,
          "\(show(answer)) is said to be the only answer, the label is \(show(example.answer))")
        for other in nearMisses(of: example, index) {
          try log.expect(
            !task.verify(other, for: example).isSolved, .solver,
            "\(show(example.answer)) is said to be the only answer, but \(show(other)) is accepted")
        }
      case .several(let answer):
        log.expect(
          task.allowsSeveralAnswers, .solver,
          "\(show(example.question)) has several answers, which `allowsSeveralAnswers` denies")
        let verdict = try task.verify(answer, for: example)
        log.expect(
          verdict.isSolved, .solver, "\(show(answer)) is not accepted: \(verdict.problem ?? "")")
      case .none: log.fail(.solver, "\(show(example.question)) is said to have no answer")
      case .invalid(let reason):
        log.fail(.solver, "\(show(example.question)) is said to be no question: \(reason)")
      case .unsupported: break
      }
    }
    try inspectNonsense()
  }

  private func inspectNonsense() throws {
    var random = stream("nonsense")
    let question = examples[0].question
    var outside = question
    outside[random.below(outside.count)] = 255
    let random255 = question.map { _ in UInt8(random.below(256)) }
    for tokens in [[], Array(question.dropLast()), question + question, outside, random255] {
      switch try task.solve(tokens) {
      case .unique, .several:
        log.fail(.solver, "\(tokens.count) tokens that are no question are said to have an answer")
      case .none, .invalid, .unsupported: break
      }
      _ = task.rating(of: tokens)
      _ = task.canonicalForm(of: tokens)
      _ = task.trace(of: tokens)
    }
  }
}
