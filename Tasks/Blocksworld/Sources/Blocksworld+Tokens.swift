import Gym

extension Blocksworld {
  /// The cells of the moved blocks, then those of their destinations.
  var planCells: Range<Int> { blocks * grid.columns..<grid.cells }
  /// The maximum number of moves of a plan.
  var capacity: Int { grid.columns }

  public func askedCells(of example: Example) -> [Int] { Array(planCells) }

  /// The arrangements that a question shows; nil if it is not a question.
  func stacks(in question: [UInt8]) -> (initial: Stacks, goal: Stacks)? {
    guard question.count == grid.cells, question[planCells].allSatisfy({ $0 == Token.open }),
      let initial = stacks(in: question, from: 0), let goal = stacks(in: question, from: blocks)
    else { return nil }
    return (initial, goal)
  }

  /// The stacks of the picture that begins at a column.
  private func stacks(in question: [UInt8], from start: Int) -> Stacks? {
    var stacks: [[Int]] = []
    for column in start..<start + blocks {
      let tokens = (1...blocks).map { question[(blocks - $0) * grid.columns + column] }
      let stack = tokens.prefix { $0 != Token.air }
      guard tokens.dropFirst(stack.count).allSatisfy({ $0 == Token.air }) else { return nil }
      stacks.append(stack.map { Int($0) - Int(Token.block) })
    }
    // Every block exactly once.
    return stacks.joined().sorted() == Array(0..<blocks) ? Stacks(stacks) : nil
  }

  /// A picture: blocks × blocks tokens, with the stacks in the given columns.
  func picture(_ stacks: Stacks, columns: [Int]) -> [UInt8] {
    var picture = [UInt8](repeating: Token.air, count: blocks * blocks)
    for (column, stack) in zip(columns, stacks.stacks) {
      for (height, block) in stack.enumerated() {
        picture[(blocks - 1 - height) * blocks + column] = token(of: block)
      }
    }
    return picture
  }

  /// Two pictures with a plan below.
  func tokens(_ initial: [UInt8], _ goal: [UInt8], plan: [UInt8]? = nil) -> [UInt8] {
    var tokens: [UInt8] = []
    for start in stride(from: 0, to: initial.count, by: blocks) {
      tokens += initial[start..<start + blocks]
      tokens += goal[start..<start + blocks]
    }
    return tokens + (plan ?? [UInt8](repeating: Token.open, count: planCells.count))
  }

  /// The cells of a plan: the moves, then rest tokens or, for an unfinished plan, open cells.
  func cells(_ plan: [Stacks.Move], then filler: UInt8 = Token.rest) -> [UInt8] {
    let filling = [UInt8](repeating: filler, count: capacity - plan.count)
    let moved = plan.map { token(of: $0.block) }
    let places = plan.map { $0.support.map(token(of:)) ?? Token.table }
    return moved + filling + places + filling
  }

  /// The label of a plan.
  func answer(_ plan: [Stacks.Move]) -> [UInt8] {
    [UInt8](repeating: Vocabulary.padding, count: planCells.lowerBound) + cells(plan)
  }

  func token(of block: Int) -> UInt8 { Token.block + UInt8(block) }

  /// The block of a token, if it is one.
  func block(of token: UInt8) -> Int? {
    vocabulary.contains(token) && token >= Token.block ? Int(token - Token.block) : nil
  }
}
