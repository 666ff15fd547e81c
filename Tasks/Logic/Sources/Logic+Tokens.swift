import Gym

extension Logic {
  public func askedCells(of example: Example) -> [Int] { Array(0..<variables) }

  /// The formula of a question, with the column of each clause; nil if it is not a question.
  func formula(of question: [UInt8]) -> (formula: Formula, columns: [Int])? {
    guard question.count == grid.cells,
      question[..<variables].allSatisfy({ $0 == Self.open }),
      question[variables..<capacity].allSatisfy({ $0 == Vocabulary.padding })
    else { return nil }
    var (clauses, columns) = ([[Literal]](), [Int]())
    for column in 0..<capacity {
      let tokens = (1...3).map { question[$0 * capacity + column] }
      if tokens.allSatisfy({ $0 == Vocabulary.padding }) { continue }
      let literals = tokens.compactMap(literal(of:))
      guard Set(literals.map(\.variable)).count == 3 else { return nil }
      clauses.append(literals)
      columns.append(column)
    }
    return (Formula(variables: variables, clauses: clauses), columns)
  }

  /// A formula as a question, with the clauses in the given columns.
  func question(_ formula: Formula, columns: [Int]) -> [UInt8] {
    var question = [UInt8](repeating: Vocabulary.padding, count: grid.cells)
    for cell in 0..<variables { question[cell] = Self.open }
    for (column, clause) in zip(columns, formula.clauses) {
      for (row, literal) in clause.enumerated() {
        question[(row + 1) * capacity + column] = token(of: literal)
      }
    }
    return question
  }

  /// The label of values, with padding for the clauses.
  func answer(_ values: [Bool]) -> [UInt8] {
    var answer = [UInt8](repeating: Vocabulary.padding, count: grid.cells)
    for (variable, value) in values.enumerated() {
      answer[variable] = token(of: Literal(variable: variable, isPositive: value))
    }
    return answer
  }

  func token(of literal: Literal) -> UInt8 { Self.open + 1 + UInt8(literal.number) }

  /// The literal of a token, if it is one.
  func literal(of token: UInt8) -> Literal? {
    vocabulary.contains(token) && token > Self.open
      ? Literal(number: Int(token - Self.open - 1)) : nil
  }
}
