import Gym

extension LightsOut {
  /// Findings: `minimal` (right, and with the fewest presses) and `label-match` (the label's
  /// presses).
  public func verify(_ answer: [UInt8], for example: Example) -> Verdict {
    func findings(minimal: Bool = false) -> [Verdict.Finding] {
      [.init("minimal", minimal), .init("label-match", answer == example.answer)]
    }
    guard isBoard(example.question) else {
      return .failed("the question is not a board of lights", findings: findings())
    }
    guard answer.count == grid.cells else {
      return .failed(
        "the answer has \(answer.count) cells, the board \(grid.cells)", findings: findings())
    }
    let unclear = answer.indices.filter { answer[$0] != Token.rest && answer[$0] != Token.press }
    guard unclear.isEmpty else {
      return .failed(
        "\(unclear.count) cells are neither pressed nor left", cells: unclear,
        findings: findings())
    }
    // A light keeps its state after an even number of presses of it and its neighbors.
    let on = answer.indices.filter { light in
      let presses = around(light).count { answer[$0] == Token.press }
      return (example.question[light] == Token.on) == (presses % 2 == 0)
    }
    guard on.isEmpty else {
      return .failed("\(on.count) lights stay on", cells: on, findings: findings())
    }
    let presses = Double(answer.count { $0 == Token.press })
    return .solved(findings(minimal: presses == rating(of: example.question)))
  }

  /// A cell, and those beside, above and below it.
  private func around(_ cell: Int) -> [Int] {
    let (row, column) = (cell / size, cell % size)
    let places = [
      (row, column), (row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1),
    ]
    return places.filter { (0..<size).contains($0) && (0..<size).contains($1) }
      .map { $0 * size + $1 }
  }
}

extension LightsOut: RatedTask, SolvableTask, TracingTask, DrawnTask {
  /// True on the sizes with quiet patterns: up to 16 those are 4, 5, 9, 11, 14 and 16.
  public var allowsSeveralAnswers: Bool { solver.answerCount > 1 }

  /// Up to a sixth of the cells pressed, up to three tenths, and more.
  public var levels: [DifficultyLevel] {
    let ends = [0, grid.cells / 6, grid.cells * 3 / 10, grid.cells]
    return zip(["easy", "medium", "hard"], zip(ends, ends.dropFirst())).map { name, ends in
      DifficultyLevel(name, rating: Double(ends.0 + 1)...Double(ends.1))
    }
  }

  /// The minimum number of presses that turn all lights off; nil if none do.
  public func rating(of question: [UInt8]) -> Double? {
    fewestPresses(for: question).map { Double($0.count) }
  }

  /// The answer with the fewest presses.
  public func solve(_ question: [UInt8]) -> Solution {
    guard isBoard(question) else {
      return .invalid("a board of \(grid) holds only \"*\" and \".\"")
    }
    guard let presses = fewestPresses(for: question) else { return .none }
    let answer = presses.tokens(off: Token.rest, on: Token.press)
    return allowsSeveralAnswers ? .several(answer) : .unique(answer)
  }

  /// Light chasing: rows are decided one after another, and the lights below show the result.
  public func trace(of question: [UInt8]) -> ReasoningTrace? {
    guard let presses = fewestPresses(for: question) else { return nil }
    let answer = presses.tokens(off: Token.rest, on: Token.press)
    var steps = [ReasoningTrace.Step(.question, question)]
    for row in 1...size {
      let decided = size * row
      var lights = question.map { $0 == Token.on }
      let pressed = answer.indices.map { $0 < decided && answer[$0] == Token.press }
      lights.press(pressed, size: size)
      let below = lights[decided...].map { $0 ? Token.on : Token.off }
      steps.append(
        .init(row == size ? .answer : .propagation, Array(answer[..<decided]) + below))
    }
    return ReasoningTrace(steps)
  }

  public func draw(_ question: [UInt8], answer: [UInt8]?) -> Drawing {
    let cells = (0..<grid.cells).map { cell -> Drawing.Cell in
      let light = cell < question.count ? question[cell] : Vocabulary.padding
      switch answer.map({ cell < $0.count ? $0[cell] : Vocabulary.padding }) {
      case Token.press: return Drawing.Cell("x", .answer)
      case nil, Token.rest: return Self.picture(of: light)
      case let other?: return Drawing.Cell(vocabulary.text([other]), .wrong)
      }
    }
    return Drawing(grid: grid, cells: cells)
  }

  private static func picture(of light: UInt8) -> Drawing.Cell {
    switch light {
    case Token.on: Drawing.Cell("*", .path)
    case Token.off: Drawing.Cell(".", .blank)
    case Token.press: Drawing.Cell("x", .answer)
    case Token.rest: Drawing.Cell("-", .blank)
    default: Drawing.Cell(" ", .outside)
    }
  }

  private func isBoard(_ question: [UInt8]) -> Bool {
    LightBoard(size: size, question, off: Token.off, on: Token.on) != nil
  }

  private func fewestPresses(for question: [UInt8]) -> LightBoard? {
    LightBoard(size: size, question, off: Token.off, on: Token.on)
      .flatMap { solver.fewestPresses(for: $0) }
  }
}
