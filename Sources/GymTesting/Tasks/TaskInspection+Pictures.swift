import Gym
import GymRandomness

extension TaskInspection {
  /// A trace begins with the question and ends with an accepted answer.
  func inspectTraces() throws {
    for example in examples {
      guard let trace = task.trace(of: example.question) else { continue }
      guard let first = trace.steps.first, let last = trace.steps.last else {
        log.fail(.trace, "\(show(example.question)) has a trace without steps")
        continue
      }
      log.expect(
        first.event == .question && first.tokens == example.question, .trace,
        "it begins with \(first.event.rawValue) \(show(first.tokens))")
      try log.expect(
        last.event == .answer && task.verify(last.tokens, for: example).isSolved, .trace,
        "it ends with \(last.event.rawValue) \(show(last.tokens)), which is not accepted")
      for (number, step) in trace.steps.enumerated() {
        if let (_, found) = problem(with: step.tokens) {
          log.fail(.trace, "step \(number) has \(found)")
        }
      }
      log.expect(task.trace(of: example.question) == trace, .trace, "a second trace differs")
    }
  }

  /// Pictures fit the grid and show the answer; any tokens can be drawn.
  func inspectDrawings() {
    for example in examples.prefix(effort.examples / 4) {
      let asked = task.draw(example.question, answer: nil)
      let solved = task.draw(example.question, answer: example.answer)
      inspect(asked)
      inspect(solved)
      log.expect(
        asked != solved || agrees(example.question, with: example), .drawing,
        "the picture of an answer is that of the question \(show(example.question))")
      let garbage = example.answer.map { _ in UInt8(255) }
      for answer in [[], Array(example.answer.dropLast()), example.answer + [1], garbage] {
        inspect(task.draw(example.question, answer: answer))
      }
      inspect(task.draw(garbage, answer: nil))
    }
  }

  private func inspect(_ drawing: Drawing) {
    let (rows, columns) = (drawing.grid.rows, drawing.grid.columns)
    log.expect(
      rows <= task.grid.rows && columns <= task.grid.columns, .drawing,
      "a picture of \(drawing.grid) cells for a grid of \(task.grid)")
    log.expect(
      drawing.cells.allSatisfy { $0.text.count <= 2 && !$0.text.contains(where: \.isNewline) },
      .drawing, "a cell's text is longer than two characters or has line breaks")
    log.expect(
      drawing.heavyRows.allSatisfy { (1..<rows).contains($0) }
        && drawing.heavyColumns.allSatisfy { (1..<columns).contains($0) },
      .drawing, "a heavy line stands outside the picture")
  }
}

extension TaskInspection {
  /// The rules say more than the summary, and the legend explains every token but padding once.
  func inspectLegend() {
    let rules = task.rules
    log.expect(
      rules != task.summary && (40...1000).contains(rules.count)
        && !rules.contains(where: \.isNewline), .legend,
      "the rules are \(String(reflecting: rules)), not a few sentences beyond the summary")
    for entry in task.legend
    where entry.meaning.isEmpty || entry.meaning.count > 200
      || entry.meaning.contains(where: \.isNewline)
    {
      log.fail(
        .legend, "\(String(reflecting: entry.symbols)) means \(String(reflecting: entry.meaning))")
    }
    let explained = task.legend.flatMap { Array($0.symbols) }
    for character in task.vocabulary.characters.dropFirst() {
      let count = explained.count { $0 == character }
      log.expect(
        count == 1, .legend, "\(String(reflecting: character)) is explained \(count) times")
    }
    for character in explained where task.vocabulary.token(of: character) == nil {
      log.fail(.legend, "\(String(reflecting: character)) is explained, and is not a token")
    }
    log.expect(
      task.regions == nil || task.legend.contains { $0.symbols.isEmpty }, .legend,
      "there are regions, and no entry of the legend explains them")
  }
}
