import Gym
import Randomness

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
public struct Blocksworld: Task {
  public static let id = PluginID("blocksworld", version: 1)
  public static let summary = "Plan moves that turn one arrangement of stacked blocks into another."
  public static let settings: [Setting] = [
    .integer("blocks", "the number of blocks", default: 5, in: 4...8)
  ]
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
    blocks = settings.integer("blocks")
    vocabulary = Vocabulary("_.*-=" + String("ABCDEFGH".prefix(blocks)))
    grid = GridShape(rows: blocks + 2, columns: 2 * blocks)
  }

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

  public func generate(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Example {
    let wanted = request.rating ?? 1...Double(2 * blocks)
    for attempt in 0..<1000 {
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
      expected: "1 to \(2 * blocks - 2) moves with \(blocks) blocks",
      remedy: "Wish for another rating, or set another number of blocks.")
  }
}
