import Gym

/// Blocksworld: move blocks one at a time, from one arrangement of stacks to another.
///
/// A question shows two pictures side by side, the current and the desired stacks, and below them
/// space for a plan. The answer is the plan, one move per column: the block to move, and below it
/// the block to put it on, or the table `=`. Unused columns contain the rest token `-`. The
/// pictures are not part of the answer: their labels are padding, and any token is accepted there.
///
/// The position of a stack on the table does not matter. Many plans are right, and a right plan may
/// be longer than necessary. The rating is the number of moves of a shortest plan, which is hard to
/// find in general (N. Gupta, D. Nau, "On the complexity of blocks-world planning", Artificial
/// Intelligence 56, 1992).
public struct Blocksworld: Task, FormattedTask {
  public static let id = PluginID("blocksworld", version: 1)
  public static let summary = "Plan moves that turn one arrangement of stacked blocks into another."
  private static let blocks = Setting.integer(
    "blocks", "the number of blocks", default: 5, in: 4...8)
  public static let settings = Setting.list(blocks)
  public static let formats: [SourceFormat] = [.csv, .lines, .jsonLines, .textGrid]

  /// The tokens.
  enum Token {
    static let air: UInt8 = 1
    /// A cell for a part of the plan; only in questions.
    static let open: UInt8 = 2
    /// No further move.
    static let rest: UInt8 = 3
    static let table: UInt8 = 4
    /// The first block; the others follow.
    static let block: UInt8 = 5
  }

  public let settings: Settings
  public let vocabulary: Vocabulary
  public let grid: GridShape
  let blocks: Int

  public init(settings: Settings) throws {
    self.settings = settings
    blocks = settings[Self.blocks]
    vocabulary = Vocabulary("_.*-=" + String("ABCDEFGH".prefix(blocks)))
    grid = GridShape(rows: blocks + 2, columns: 2 * blocks)
  }

  public func generate(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Example {
    let wanted = request.rating ?? 1...Double(2 * blocks)
    let possible = 1...2 * blocks - 2
    // Of the longest plans there is one in thousands; what no plan can be is known at once.
    let attempts = possible.contains { wanted.contains(Double($0)) } ? 20_000 : 0
    for attempt in 0..<attempts {
      let goal = Stacks(uniform: blocks, using: &random)
      var initial = Stacks(uniform: blocks, using: &random)
      if request.rating != nil, attempt % 2 == 1 {
        // Short plans are rare between independent arrangements, so these are connected by a random
        // walk.
        initial = goal
        for _ in 0..<1 + random.below(2 * blocks) { initial.moveAtRandom(using: &random) }
      }
      let plan = Planner(goal: goal).shortestPlan(from: initial)
      let rating = Double(plan.count)
      guard rating > 0, wanted.contains(rating) else { continue }
      let question = tokens(
        picture(initial, columns: random.shuffled(Array(0..<blocks))),
        picture(goal, columns: random.shuffled(Array(0..<blocks))))
      return Example(
        question: question, answer: answer(plan), rating: rating,
        source: request.rating == nil ? "uniform" : "uniform and walks")
    }
    throw GymError(
      "no puzzle was found whose shortest plan has moves in \(wanted)",
      expected: "\(possible.lowerBound) to \(possible.upperBound) moves with \(blocks) blocks",
      remedy: "Wish for another rating, or set another number of blocks.")
  }
}

extension Blocksworld {
  public var rules: String {
    "The upper \(blocks) rows show stacks of blocks as they are (left \(blocks) columns) and as "
      + "they shall become (right \(blocks) columns); the order of the stacks does not matter. Only "
      + "a block with nothing on it can be moved, onto the table or onto another block with nothing "
      + "on it. The answer is a plan in the last two rows, a move in each column from the left: the "
      + "block above, and below it the block to put it on, or = for the table. Columns that are "
      + "left over hold - twice; the cells above the plan do not matter."
  }

  public var legend: [LegendEntry] {
    [
      LegendEntry(".", "air, no block"),
      LegendEntry("*", "in the question, a cell for a part of the plan"),
      LegendEntry("-", "in the answer, no further move"),
      LegendEntry("=", "in the answer, the table"),
      LegendEntry(String("ABCDEFGH".prefix(blocks)), "a block"),
      .places("pictures in rows 1 to \(blocks), the plan in rows \(blocks + 1) and \(blocks + 2)"),
    ]
  }
}

extension Blocksworld: AskedCellsTask {
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
