import Gym

extension Blocksworld {
  /// Executes the plan's moves one by one.
  ///
  /// Findings: `legal` (every move can be made), `optimal` (solved with the fewest possible moves)
  /// and `label-match` (the label's plan).
  public func verify(_ answer: [UInt8], for example: Example) -> Verdict {
    let isWhole = answer.count == grid.cells
    let isLabel =
      isWhole && example.answer.count == grid.cells
      && answer[planCells] == example.answer[planCells]
    func findings(legal: Bool = false, optimal: Bool = false) -> [Verdict.Finding] {
      [.init("legal", legal), .init("optimal", optimal), .init("label-match", isLabel)]
    }
    guard let (initial, goal) = stacks(in: example.question) else {
      return .failed("the question shows no two arrangements", findings: findings())
    }
    guard isWhole else {
      return .failed(
        "the answer has \(answer.count) cells, expected \(grid.cells)", findings: findings())
    }
    var (state, moves) = (initial, 0)
    for step in 0..<capacity {
      let cells = [planCells.lowerBound + step, planCells.lowerBound + capacity + step]
      let (first, second) = (answer[cells[0]], answer[cells[1]])
      if first == Token.rest, second == Token.rest { continue }
      func failed(_ problem: String) -> Verdict {
        .failed("move \(step + 1): \(problem)", cells: cells, findings: findings())
      }
      guard moves == step else { return failed("it comes after a rest") }
      guard let block = block(of: first), second == Token.table || self.block(of: second) != nil
      else { return failed("it is not a block and a place to put it") }
      let move = Stacks.Move(block: block, support: self.block(of: second))
      if let problem = state.problem(with: move) { return failed(problem) }
      state.make(move)
      moves += 1
    }
    guard state == goal else {
      return .failed("the plan ends elsewhere", findings: findings(legal: true))
    }
    let shortest = Planner(goal: goal).shortestPlan(from: initial).count
    return .solved(findings(legal: true, optimal: moves == shortest))
  }
}

extension Blocksworld: RatedTask, SolvableTask, TracingTask, DrawnTask {
  /// A wasted move can always be undone, so no plan is the only one.
  public var allowsSeveralAnswers: Bool { true }

  /// Shortest plans with fewer moves than blocks, with about as many, and with more: at most
  /// 2·blocks-2.
  public var levels: [DifficultyLevel] {
    let moves = Double(blocks)
    return [
      DifficultyLevel("easy", rating: 1...moves - 2),
      DifficultyLevel("medium", rating: moves - 1...moves),
      DifficultyLevel("hard", rating: moves + 1...2 * moves - 2),
    ]
  }

  /// The number of moves of a shortest plan.
  public func rating(of question: [UInt8]) -> Double? {
    stacks(in: question).map {
      Double(Planner(goal: $0.goal).shortestPlan(from: $0.initial).count)
    }
  }

  /// A shortest plan.
  public func solve(_ question: [UInt8]) -> Solution {
    guard let (initial, goal) = stacks(in: question) else {
      return .invalid("it does not show \(blocks) blocks twice, above \(capacity) open moves")
    }
    return .several(answer(Planner(goal: goal).shortestPlan(from: initial)))
  }

  /// The arrangement after each move, with the plan so far below it. Moves into final position are
  /// consequences; moves onto the table on the way there are choices.
  public func trace(of question: [UInt8]) -> ReasoningTrace? {
    guard let (initial, goal) = stacks(in: question) else { return nil }
    let planner = Planner(goal: goal)
    let plan = planner.shortestPlan(from: initial)
    let wanted = picture(goal, columns: Array(0..<blocks))
    var state = initial
    var steps = [ReasoningTrace.Step(.question, question)]
    for (index, move) in plan.enumerated() {
      let isFinal = planner.finalMove(in: state) == move
      state.make(move)
      let tokens = tokens(
        picture(state, columns: Array(0..<blocks)), wanted,
        plan: cells(Array(plan[...index]), then: Token.open))
      steps.append(.init(isFinal ? .propagation : .guess, tokens))
    }
    steps.append(.init(.answer, tokens(wanted, wanted, plan: cells(plan))))
    return ReasoningTrace(steps)
  }

  /// The two arrangements, the goal on the right, and the plan below them.
  public func draw(_ question: [UInt8], answer: [UInt8]?) -> Drawing {
    let cells = (0..<grid.cells).map { cell -> Drawing.Cell in
      let asked = cell < question.count ? question[cell] : Vocabulary.padding
      guard planCells.contains(cell) else { return Self.cell(asked, vocabulary, .given) }
      let shown = answer.map { cell < $0.count ? $0[cell] : Vocabulary.padding } ?? asked
      return Self.cell(shown, vocabulary, .answer)
    }
    var drawing = Drawing(grid: grid, cells: cells)
    drawing.heavyRows = [blocks]
    drawing.heavyColumns = [blocks]
    return drawing
  }

  private static func cell(
    _ token: UInt8, _ vocabulary: Vocabulary, _ role: Drawing.Role
  ) -> Drawing.Cell {
    switch token {
    case Vocabulary.padding: Drawing.Cell(" ", .outside)
    case Token.air: Drawing.Cell(" ", .blank)
    case Token.open, Token.rest: Drawing.Cell(vocabulary.text([token]), .blank)
    default:
      Drawing.Cell(vocabulary.text([token]), vocabulary.contains(token) ? role : .wrong)
    }
  }
}

extension Blocksworld: ExchangeableTask, SymmetricTask {
  /// The blocks.
  public var exchangeableTokens: [UInt8] { (0..<blocks).map(token(of:)) }

  /// Blocks are renamed, and the stacks of each picture are permuted.
  public func randomSymmetry(using random: inout RandomStream) -> Symmetry {
    let columns =
      random.shuffled(Array(0..<blocks)) + random.shuffled(Array(blocks..<2 * blocks))
    let cells = (0..<grid.cells).map { cell in
      let (row, column) = (cell / grid.columns, cell % grid.columns)
      return UInt16(row < blocks ? row * grid.columns + columns[column] : cell)
    }
    let names = random.shuffled((0..<blocks).map(token(of:)))
    return Symmetry(cells: cells, tokens: Array(0..<Token.block) + names)
  }

  /// The question with its stacks sorted from the left by their lowest blocks, and with names from
  /// a walk over the blocks that no renaming changes.
  ///
  /// Each block has at most one neighbor below and one above in each arrangement. The walk from a
  /// block visits these in turn and reaches all connected blocks. Equivalent questions give the
  /// same recorded walks, so the least walk determines the names.
  public func canonicalForm(of question: [UInt8]) -> [UInt8]? {
    guard let (initial, goal) = stacks(in: question) else { return nil }
    let walks = (0..<blocks).map { BlockWalk(from: $0, initial, goal) }
    var names = [Int](repeating: 0, count: blocks)
    var named: Set<Int> = []
    for walk in walks.sorted(by: { $0.course.lexicographicallyPrecedes($1.course) })
    where !named.contains(walk.order[0]) {
      for block in walk.order {
        names[block] = named.count
        named.insert(block)
      }
    }
    func renamed(_ stacks: Stacks) -> [UInt8] {
      let renamed = Stacks(stacks.stacks.map { $0.map { names[$0] } })
      return picture(renamed, columns: Array(0..<blocks))
    }
    return tokens(renamed(initial), renamed(goal))
  }
}
