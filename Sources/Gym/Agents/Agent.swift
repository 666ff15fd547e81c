/// Something that answers questions of any task: a trained model, a solver, an external process.
///
/// An agent sees tokens, the grid's shape and the size of the vocabulary, never a task's rules. It
/// is used from one thread at a time; it may use more threads internally.
public protocol Agent: AnyObject {
  /// The name and version, such as `hrm@1`.
  static var id: PluginID { get }

  /// A one-line description.
  static var summary: String { get }

  /// The settings that a user can change, with defaults and limits.
  static var settings: [Setting] { get }

  /// Named sets of values, most common first. Default: none.
  static var presets: [Preset] { get }

  /// Whether a trained agent answers questions of other grids than the one it was trained on.
  /// `restore` must then accept its state for any grid. Default: false.
  static var answersOtherGrids: Bool { get }

  /// Makes an agent for a task's tokens and grid. Throws a `GymError` if the settings do not fit
  /// together or do not fit the context.
  init(settings: Settings, context: AgentContext) throws

  /// The number of trainable parameters; 0 if there are none.
  var parameterCount: Int { get }

  /// Whether the agent wants the solved examples that explain a question, for puzzles that have
  /// them (ARC). Default: false; an agent that is trained on them recognizes them by the puzzle
  /// identifier.
  var readsDemonstrations: Bool { get }

  /// Whether answers may depend on the puzzles' identifiers. Default: true.
  var readsIdentifiers: Bool { get }

  /// Whether answers commute with a renaming of `AgentContext.exchangeable`: a question with
  /// renamed tokens gets the renamed answer, up to rounding and to ties between tokens that the
  /// question lacks. Default: false.
  var commutesWithRenaming: Bool { get }

  /// Answers questions: one prediction per question, in the same order.
  func solve(_ questions: QuestionBatch, options: SolveOptions) throws -> [Prediction]
}

extension Agent {
  public static var presets: [Preset] { [] }
  public static var answersOtherGrids: Bool { false }
  public var parameterCount: Int { 0 }
  public var readsDemonstrations: Bool { false }
  public var readsIdentifiers: Bool { true }
  public var commutesWithRenaming: Bool { false }
}

/// An agent that is given the task itself, not only its tokens: an upper bound, not a competitor.
///
/// Every list or ranking of agents states that it uses the rules.
public protocol RuleAgent: Agent {
  /// Makes an agent for a task.
  init(settings: Settings, context: AgentContext, task: any Task) throws
}

extension RuleAgent {
  /// Always throws: there is no answer without the task.
  public init(settings: Settings, context: AgentContext) throws {
    throw GymError(
      "\(Self.id) works by a task's rules", expected: "the task beside the settings",
      remedy: "It does not learn: give its name where puzzles are solved")
  }
}

/// The facts about its task and its work that an agent knows before it starts.
public struct AgentContext: Sendable, Hashable {
  /// The number of tokens, padding included.
  public let vocabularyCount: Int
  /// The cells of a question and of an answer.
  public let grid: GridShape
  /// The region of each cell, from 0, if the task has regions: see `RegionTask.regions`.
  public let regions: [Int]?
  /// The tokens that may be renamed into each other: `ExchangeableTask.exchangeableTokens`.
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

  /// - Precondition: every count is positive, there are two tokens or more, the workers are a
  ///   multiple of the ranks, `regions` has a number per cell, from 0 and below their count, and
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

/// The error of an agent that was stopped while solving, with the answers that it had by then.
public struct StoppedSolving: Error, Sendable, Hashable {
  /// The predictions in the order of the questions; nil for those not answered yet. Each is what an
  /// agent that was not stopped would have given.
  public let predictions: [Prediction?]

  /// An error with the predictions so far.
  public init(_ predictions: [Prediction?]) {
    self.predictions = predictions
  }
}
