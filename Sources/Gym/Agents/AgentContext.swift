/// The facts about its task and its work that an agent knows before it starts.
public struct AgentContext: Sendable, Hashable {
  /// The number of tokens, padding included.
  public let vocabularyCount: Int
  /// The cells of a question and of an answer.
  public let grid: GridShape
  /// The region of each cell, from 0, if the task has regions: see `Task.regions`.
  public let regions: [Int]?
  /// The tokens that may be renamed into each other: see `Task.exchangeableTokens`.
  public let exchangeable: [UInt8]
  /// The token of a cell to fill in, if the task has such a token.
  public let blank: UInt8?
  /// The number of puzzle identifiers; 1 if puzzles have no identity of their own.
  public let puzzleIdentifiers: Int
  /// The number of examples in a training batch.
  public let batchSize: Int
  /// The number of training steps planned, if known.
  public let plannedSteps: Int?
  /// The seed of the agent's own random choices.
  public let seed: UInt64
  /// The number of worker threads, of all ranks together.
  public let workers: Int
  /// The processes that train the agent together, each with equally many of the workers.
  public let ranks: Ranks

  /// - Precondition: every count is positive, the workers a multiple of the ranks, `regions` has a number from 0 per cell, and
  ///   `exchangeable` holds distinct tokens of the vocabulary, padding not among them.
  public init(
    vocabularyCount: Int, grid: GridShape, regions: [Int]? = nil, exchangeable: [UInt8] = [],
    blank: UInt8? = nil, puzzleIdentifiers: Int = 1, batchSize: Int, plannedSteps: Int? = nil,
    seed: UInt64, workers: Int, ranks: Ranks = .alone
  ) {
    precondition(
      vocabularyCount > 1 && puzzleIdentifiers > 0 && batchSize > 0 && workers > 0
        && plannedSteps ?? 1 > 0 && workers.isMultiple(of: ranks.count))
    precondition(regions?.allSatisfy((0..<grid.cells).contains) ?? true)
    precondition(regions?.count ?? grid.cells == grid.cells)
    precondition(
      Set(exchangeable).count == exchangeable.count
        && exchangeable.allSatisfy { (1..<vocabularyCount).contains(Int($0)) })
    self.regions = regions
    self.exchangeable = exchangeable
    self.vocabularyCount = vocabularyCount
    self.grid = grid
    self.blank = blank
    self.puzzleIdentifiers = puzzleIdentifiers
    self.batchSize = batchSize
    self.plannedSteps = plannedSteps
    self.seed = seed
    self.workers = workers
    self.ranks = ranks
  }

  /// The number of worker threads of each rank.
  public var workersOfRank: Int { workers / ranks.count }
}
