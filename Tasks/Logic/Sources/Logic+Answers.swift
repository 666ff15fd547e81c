import Gym

extension Logic {
  /// Findings: `assigned` (each place names a literal of its variable) and `label-match` (the
  /// label's values).
  public func verify(_ answer: [UInt8], for example: Example) -> Verdict {
    let isWhole = answer.count == grid.cells
    let isLabel =
      isWhole && example.answer.count == grid.cells
      && answer[..<variables] == example.answer[..<variables]
    func findings(assigned: Bool = false) -> [Verdict.Finding] {
      [.init("assigned", assigned), .init("label-match", isLabel)]
    }
    guard let (formula, columns) = formula(of: example.question) else {
      return .failed("the question is not a formula", findings: findings())
    }
    guard isWhole else {
      return .failed(
        "the answer has \(answer.count) cells, expected \(grid.cells)", findings: findings())
    }
    let literals = answer[..<variables].map(literal(of:))
    let unclear = literals.indices.filter { literals[$0]?.variable != $0 }
    guard unclear.isEmpty else {
      return .failed(
        "\(unclear.count) variables have no value", cells: unclear, findings: findings())
    }
    let broken = formula.broken(by: literals.compactMap { $0?.isPositive })
    guard broken.isEmpty else {
      return .failed(
        "\(broken.count) of \(formula.clauses.count) clauses are false",
        cells: broken.flatMap { index in (1...3).map { $0 * capacity + columns[index] } },
        findings: findings(assigned: true))
    }
    return .solved(findings(assigned: true))
  }
}

extension Logic: RatedTask, CountingTask, SolvableTask, TracingTask, DrawnTask {
  public var allowsSeveralAnswers: Bool { true }

  /// Up to half of the variables' bits, up to three quarters, up to a single answer.
  public var levels: [DifficultyLevel] {
    let bits = Double(variables)
    let all = [
      DifficultyLevel("easy", rating: 0...bits / 2),
      DifficultyLevel("medium", rating: bits / 2...bits * 3 / 4),
      DifficultyLevel("hard", rating: bits * 3 / 4...bits),
    ]
    // A clause is worth a fifth of a bit, so with few clauses no formula is hard.
    return all.filter { $0.rating.lowerBound * Self.clausesPerBit < Double(capacity) }
  }

  /// The number of bits that a random assignment has to get right; nil if no assignment is right.
  public func rating(of question: [UInt8]) -> Double? {
    guard let answers = formula(of: question)?.formula.answerCount, answers > 0 else { return nil }
    return rating(answers: answers)
  }

  /// The number of right answers, under `answers`.
  public func counts(of question: [UInt8]) -> [String: UInt64] {
    ["answers": UInt64(formula(of: question)?.formula.answerCount ?? 0)]
  }

  /// The first answer in lexicographic order, true before false.
  public func solve(_ question: [UInt8]) -> Solution {
    guard let formula = formula(of: question)?.formula else {
      return .invalid("it is not \(variables) open places above clauses of three variables each")
    }
    guard let values = DPLL(formula).answer else { return .none }
    return formula.answerCount == 1 ? .unique(answer(values)) : .several(answer(values))
  }

  /// The values so far: after each round of unit propagation, each guess, and each guess undone.
  public func trace(of question: [UInt8]) -> ReasoningTrace? {
    guard let formula = formula(of: question)?.formula else { return nil }
    var steps = [ReasoningTrace.Step(.question, question)]
    let search = DPLL(formula) { event, values in
      let kind: ReasoningTrace.Event =
        switch event {
        case .unit: .propagation
        case .guess: .guess
        case .undo: .undo
        }
      steps.append(.init(kind, filled(question, values)))
    }
    guard let values = search.answer else { return nil }
    return ReasoningTrace(steps + [.init(.answer, filled(question, values))])
  }

  private func filled(_ question: [UInt8], _ values: [Bool?]) -> [UInt8] {
    var tokens = question
    for (variable, value) in values.enumerated() {
      if let value { tokens[variable] = token(of: Literal(variable: variable, isPositive: value)) }
    }
    return tokens
  }

  /// The values in the first row; below, the true literals of the clauses are marked.
  public func draw(_ question: [UInt8], answer: [UInt8]?) -> Drawing {
    let values = (answer ?? []).prefix(variables)
    let cells = (0..<grid.cells).map { cell -> Drawing.Cell in
      let asked = cell < question.count ? question[cell] : Vocabulary.padding
      let isPlace = cell < variables
      let shown = isPlace && answer != nil ? (cell < values.count ? values[cell] : 0) : asked
      let text = vocabulary.text([shown])
      switch shown {
      case Vocabulary.padding: return Drawing.Cell(" ", .outside)
      case Self.open: return Drawing.Cell(text, .blank)
      case _ where literal(of: shown) == nil: return Drawing.Cell(text, .wrong)
      default: return Drawing.Cell(text, isPlace || values.contains(shown) ? .answer : .given)
      }
    }
    var drawing = Drawing(grid: grid, cells: cells)
    drawing.heavyRows = [1]
    return drawing
  }
}

extension Logic: SymmetricTask {
  /// Variables are renamed and negated; clauses and their literals are permuted.
  public func randomSymmetry(using random: inout RandomStream) -> Symmetry {
    // The new variable for each variable, and whether it is negated.
    let names = random.shuffled(Array(0..<variables))
    let turns = (0..<variables).map { _ in random.below(2) }
    let tokens = (0..<2 * variables).map { number in
      token(of: Literal(number: 2 * names[number / 2] + (number % 2 ^ turns[number / 2])))
    }
    var cells = (0..<grid.cells).map { UInt16($0) }
    for (old, new) in names.enumerated() { cells[new] = UInt16(old) }
    for (column, source) in random.shuffled(Array(0..<capacity)).enumerated() {
      for (row, sourceRow) in random.shuffled([1, 2, 3]).enumerated() {
        cells[(row + 1) * capacity + column] = UInt16(sourceRow * capacity + source)
      }
    }
    return Symmetry(cells: cells, tokens: [Vocabulary.padding, Self.open] + tokens)
  }

  /// The least formula among the renamings that remain after coloring the literals by their
  /// surroundings; nil for the rare formulas with too many of those.
  public func canonicalForm(of question: [UInt8]) -> [UInt8]? {
    guard let formula = formula(of: question)?.formula,
      let least = CanonicalFormula(formula).least
    else { return nil }
    let clauses = least.map { $0.map { Literal(number: $0) } }
    return self.question(
      Formula(variables: variables, clauses: clauses), columns: Array(0..<capacity))
  }
}
