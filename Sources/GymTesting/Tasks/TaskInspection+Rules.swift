import Gym
import GymRandomness

extension TaskInspection {
  /// The verifier enforces every rule: the answer to a slightly different question does not answer
  /// this one, and an answer moved against the rules does not answer a question moved along.
  ///
  /// A verifier that forgets a rule still rejects most wrong answers because of their other faults.
  /// The answers tried here break one rule at a time.
  func inspectRules() throws {
    let tokens = (0..<task.grid.cells).map { cell in Set(examples.map { $0.question[cell] }) }
    for (index, example) in examples.enumerated() {
      let solution = try task.solve(example.question)
      try inspectMoved(example, index)
      // If several answers may be right, another one proves nothing.
      if task.allowsSeveralAnswers {
        guard case .unique = solution else { continue }
      }
      for (how, answer) in try rivals(of: example, index, tokens)
      where !agrees(answer, with: example) {
        try log.expect(
          !task.verify(answer, for: example).isSolved, .rules,
          "\(show(answer)) is accepted for \(show(example.question)), whose only answer is "
            + "\(show(example.answer)): it is \(how)")
      }
    }
  }

  /// Moves question and answer alike in ways that need not keep the rules, and compares the
  /// verifier with the solver.
  private func inspectMoved(_ example: Example, _ index: Int) throws {
    var random = stream("moves", index)
    for (what, move) in moves(using: &random) {
      let question = move.applied(to: example.question)
      let answer = move.applied(to: example.answer)
      let label: [UInt8]
      switch try task.solve(question) {
      case .unique(let only):
        try inspectAnswer(only, to: question)
        label = only
      case .none: label = []
      case .several(let one):
        try inspectAnswer(one, to: question)
        continue
      case .invalid, .unsupported: continue
      }
      let moved = Example(question: question, answer: label)
      if !label.isEmpty, agrees(answer, with: moved) { continue }
      try log.expect(
        !task.verify(answer, for: moved).isSolved, .rules,
        "\(show(answer)) is accepted for \(show(question)), of which the solver says "
          + (label.isEmpty ? "that it has no answer" : "that \(show(label)) is the only answer")
          + ": both are a puzzle of the generator with \(what)")
    }
  }

  /// The verifier accepts the solver's answer, whatever the question's origin.
  func inspectAnswer(_ answer: [UInt8], to question: [UInt8]) throws {
    let verdict = try task.verify(answer, for: Example(question: question, answer: answer))
    log.expect(
      verdict.isSolved, .solver,
      "the solver answers \(show(question)) with \(show(answer)), which is not accepted: "
        + (verdict.problem ?? ""))
  }

  /// Exchanges of two rows, of two columns and of two tokens, if there are at least two.
  func moves(using random: inout RandomStream) -> [(what: String, move: Symmetry)] {
    let (rows, columns) = (task.grid.rows, task.grid.columns)
    let identity = Symmetry.identity(for: task)
    func exchanged(_ count: Int, _ first: Int) -> (Int, Int)? {
      guard count > 1 else { return nil }
      let one = random.below(count)
      return (first + one, first + (one + 1 + random.below(count - 1)) % count)
    }
    var moves: [(what: String, move: Symmetry)] = []
    if let (one, other) = exchanged(rows, 0) {
      var cells = identity.cells
      for column in 0..<columns { cells.swapAt(one * columns + column, other * columns + column) }
      moves.append(("two rows exchanged", Symmetry(cells: cells, tokens: identity.tokens)))
    }
    if let (one, other) = exchanged(columns, 0) {
      var cells = identity.cells
      for row in 0..<rows { cells.swapAt(row * columns + one, row * columns + other) }
      moves.append(("two columns exchanged", Symmetry(cells: cells, tokens: identity.tokens)))
    }
    if let (one, other) = exchanged(task.vocabulary.count - 1, 1) {
      var tokens = identity.tokens
      tokens.swapAt(one, other)
      moves.append(("two tokens exchanged", Symmetry(cells: identity.cells, tokens: tokens)))
    }
    return moves
  }
}
