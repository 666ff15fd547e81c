import Gym
import GymRandomness

extension TaskInspection {
  /// Right answers are accepted and wrong ones rejected, whatever their size and tokens.
  func inspectAnswers() throws {
    let names = try task.verify(examples[0].answer, for: examples[0]).findings.map(\.name)
    var (changed, accepted) = (0, 0)
    var (borrowed, borrowedAccepted, asQuestion) = (0, 0, 0)
    for (index, example) in examples.enumerated() {
      let verdict = try judge(example.answer, for: example, findings: names)
      log.expect(
        verdict.isSolved, .acceptance,
        "\(show(example.answer)) for \(show(example.question)): \(verdict.problem ?? "")")
      try inspectImpossible(example, index, findings: names)
      try inspectUnasked(example, index)
      for answer in nearMisses(of: example, index) {
        changed += 1
        if try judge(answer, for: example, findings: names).isSolved { accepted += 1 }
      }
      let other = examples[(index + 1) % examples.count]
      if !agrees(other.answer, with: example) {
        borrowed += 1
        if try judge(other.answer, for: example, findings: names).isSolved { borrowedAccepted += 1 }
      }
      if !agrees(example.question, with: example),
        try judge(example.question, for: example, findings: names).isSolved
      {
        asQuestion += 1
      }
    }
    log.expect(
      2 * accepted <= changed, .rejection,
      "\(accepted) of \(changed) answers with one cell changed are accepted")
    log.expect(
      2 * borrowedAccepted <= borrowed, .rejection,
      "\(borrowedAccepted) of \(borrowed) answers to other questions are accepted")
    log.expect(
      4 * asQuestion <= examples.count, .rejection,
      "\(asQuestion) of \(examples.count) unanswered questions are accepted as answers")
  }

  /// Answers of the wrong size, outside the vocabulary or with a cell left out are never right.
  private func inspectImpossible(_ example: Example, _ index: Int, findings: [String]) throws {
    var random = stream("impossible", index)
    let answer = example.answer
    let cell = random.element(of: askedCells(example)) ?? 0
    var outside = answer
    outside[cell] = UInt8(random.integer(in: task.vocabulary.count...255))
    var missing = answer
    missing[cell] = Vocabulary.padding
    let garbage = answer.map { _ in UInt8(random.below(256)) }
    let impossible: [(String, [UInt8])] = [
      ("no tokens at all", []), ("an answer without its last token", Array(answer.dropLast())),
      ("an answer with a token too many", answer + [answer.last ?? 1]),
      ("an answer four times over", answer + answer + answer + answer),
      ("the token \(outside[cell]) outside the vocabulary", outside),
      ("padding in cell \(cell), which is asked", missing),
    ]
    for (name, tokens) in impossible {
      try log.expect(
        !judge(tokens, for: example, findings: findings).isSolved, .rejection, "\(name) is accepted"
      )
    }
    _ = try judge(garbage, for: example, findings: findings)
  }

  /// Verdict and findings do not depend on the cells whose label is padding.
  private func inspectUnasked(_ example: Example, _ index: Int) throws {
    let asked = Set(askedCells(example))
    let unasked = example.answer.indices.filter {
      example.answer[$0] == Vocabulary.padding && !asked.contains($0)
    }
    guard !unasked.isEmpty else { return }
    var random = stream("unasked", index)
    for answer in [example.answer] + nearMisses(of: example, index).prefix(2) {
      var other = answer
      for cell in unasked { other[cell] = UInt8(random.below(task.vocabulary.count)) }
      let (verdict, changed) = (
        try task.verify(answer, for: example), try task.verify(other, for: example)
      )
      log.expect(
        verdict.isSolved == changed.isSolved && verdict.findings == changed.findings,
        .unaskedCells, "\(show(other)) is judged otherwise than \(show(answer))")
    }
  }

  /// Answers with one asked cell changed to another token.
  func nearMisses(of example: Example, _ index: Int) -> [[UInt8]] {
    var random = stream("near misses", index)
    let asked = askedCells(example)
    guard task.vocabulary.count > 2, !asked.isEmpty else { return [] }
    return (0..<4).map { _ in
      var answer = example.answer
      let cell = asked[random.below(asked.count)]
      let token = UInt8(1 + random.below(task.vocabulary.count - 2))
      answer[cell] = token < answer[cell] ? token : token + 1
      return answer
    }
  }

  /// The verdict on an answer; checks that the verdict is well formed.
  private func judge(
    _ answer: [UInt8], for example: Example, findings names: [String]
  ) throws -> Verdict {
    let verdict = try task.verify(answer, for: example)
    let found = verdict.findings.map(\.name)
    log.expect(found == names, .findings, "one verdict reports \(names), another \(found)")
    log.expect(
      verdict.wrongCells.allSatisfy { (0..<task.grid.cells).contains($0) }, .findings,
      "wrong cells \(verdict.wrongCells) of \(task.grid.cells)")
    return verdict
  }
}

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
    // With a large vocabulary and few cells, random tokens alone could be a question.
    var garbage = question.map { _ in UInt8(random.below(256)) }
    garbage[0] = 255
    for tokens in [[], Array(question.dropLast()), question + question, outside, garbage] {
      switch try task.solve(tokens) {
      case .unique, .several:
        log.fail(
          .solver, "\(tokens.count) tokens that are not a question are said to have an answer")
      case .none, .invalid, .unsupported: break
      }
      _ = task.rating(of: tokens)
      _ = task.canonicalForm(of: tokens)
      _ = task.trace(of: tokens)
    }
  }
}
