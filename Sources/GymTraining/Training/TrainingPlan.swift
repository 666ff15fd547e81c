import Foundation
import Gym
import GymDatasets

/// A run to train: an agent, puzzles and a budget. Commands, comparisons and other packages start
/// and resume runs by it.
///
/// ```swift
/// let plan = TrainingPlan(
///   agent: HRM.self, settings: settings, data: data, task: task, budget: .steps(500))
/// let run = try plan.start(in: folder)
/// _ = try run.train(until: StopSignal()) { _ in }
/// // run.agent has learned.
/// ```
public struct TrainingPlan {
  /// The agent that learns.
  public var agent: any LearningAgent.Type
  /// Its settings.
  public var settings: Settings
  /// The dataset; its split "train" is trained on, and "validation" validated on.
  public var data: Dataset
  /// The task of the puzzles, if known.
  public var task: (any Task)?
  /// How long it trains.
  public var budget: Budget
  /// How often it saves its state.
  public var checkpoints: CheckpointInterval
  /// When it is validated, and when it stops early.
  public var validation: ValidationPlan
  /// The seed of all randomness.
  public var seed: UInt64
  /// The number of threads of each rank.
  public var workers: Int
  /// The processes that train together.
  public var ranks: Ranks

  /// A plan, by default without validations, on all processors.
  public init(
    agent: any LearningAgent.Type, settings: Settings, data: Dataset, task: (any Task)?,
    budget: Budget, checkpoints: CheckpointInterval = CheckpointInterval(),
    validation: ValidationPlan = ValidationPlan(), seed: UInt64 = 1,
    workers: Int = TrainingPlan.allWorkers, ranks: Ranks = .alone
  ) {
    (self.agent, self.settings, self.data, self.task) = (agent, settings, data, task)
    (self.budget, self.checkpoints, self.validation) = (budget, checkpoints, validation)
    (self.seed, self.workers, self.ranks) = (seed, workers, ranks)
  }

  /// One worker per processor that this process may use; ranks on one machine share it.
  public static var allWorkers: Int {
    let info = ProcessInfo.processInfo
    return max(1, min(info.activeProcessorCount, info.processorCount / Ranks.here))
  }

  /// The configuration that the run will have. Throws a `GymError` if data and task do not fit.
  public func configuration() throws -> RunConfiguration {
    if let task { try data.checkFits(task) }
    let split = try data.split("train")
    let batch = TrainingDefaults.batchSize(settings)
    let context = AgentContext(
      vocabularyCount: split.vocabularyCount,
      grid: task?.grid ?? data.manifest?.subject.grid ?? GridShape(rows: 1, columns: split.cells),
      regions: task?.regions, exchangeable: task?.exchangeableTokens ?? [],
      blank: task?.clueTokens?.blank,
      puzzleIdentifiers: split.identifierCount, batchSize: batch,
      plannedSteps: try budget.plannedSteps(
        split, groups: TrainingDefaults.groups(settings, of: split), batchSize: batch),
      seed: seed, workers: workers * ranks.count, ranks: ranks)
    var configuration = RunConfiguration(
      agent: agent.id, agentSettings: settings, context: context,
      task: task.map { TaskReference($0) }, data: data.url.standardizedFileURL,
      dataHash: try data.contentHash(of: split), budget: budget, checkpoints: checkpoints,
      validation: validation)
    configuration.validationHash = try Self.validationHash(data, task: task)
    return configuration
  }

  /// Starts the run in a folder.
  ///
  /// - Parameters:
  ///   - isReplacing: whether to delete an existing run in the folder.
  ///   - make: makes the agent; nil for one of the plan's type and settings.
  public func start(
    in url: URL, isReplacing: Bool = false,
    making make: ((AgentContext) throws -> any LearningAgent)? = nil
  ) throws -> TrainingRun {
    let (configuration, split) = (try configuration(), try data.split("train"))
    let context = configuration.context
    try context.checkRanks(of: agent)
    let learner = try make?(context) ?? agent.init(settings: settings, context: context)
    return try TrainingRun(
      creating: url, configuration, agent: learner, split: split,
      preparation: BatchPreparation(for: learner, split, of: data, task: task),
      validation: Self.validation(data, task: task, batchSize: configuration.context.batchSize),
      isReplacing: isReplacing)
  }

  /// Continues a run.
  ///
  /// - Parameters:
  ///   - configuration: the folder's configuration, possibly with a new budget, patience or number
  ///     of workers.
  ///   - data: the dataset that the run began with.
  ///   - make: makes the agent of the configuration.
  /// - Throws: a `GymError` if the validation split is another one than before: scores and patience
  ///   would be of two splits.
  public static func resume(
    _ url: URL, _ configuration: RunConfiguration, data: Dataset, task: (any Task)?,
    making make: (AgentContext) throws -> any LearningAgent
  ) throws -> TrainingRun {
    let split = try data.split("train")
    var configuration = configuration
    if let hash = try validationHash(data, task: task) {
      let known = configuration.validationHash ?? hash
      guard hash == known else {
        throw GymError(
          "these are not the validation examples that the run began with",
          at: try data.split("validation").url.path,
          expected: "the content hash \(known.prefix(16))…, not \(hash.prefix(16))…",
          remedy: "Name the right dataset by --data, or start a new run")
      }
      configuration.validationHash = hash
    }
    let learner = try make(configuration.context)
    try configuration.context.checkRanks(of: type(of: learner))
    return try TrainingRun(
      resuming: url, configuration, agent: learner, split: split,
      preparation: BatchPreparation(for: learner, split, of: data, task: task),
      validation: validation(data, task: task, batchSize: configuration.context.batchSize))
  }

  /// The split that a run with a known task is validated on, if the dataset has one.
  private static func validationSplit(_ data: Dataset, task: (any Task)?) -> DatasetSplit? {
    task == nil ? nil : data.splits.first { $0.name == "validation" }
  }

  /// The content hash of that split.
  private static func validationHash(_ data: Dataset, task: (any Task)?) throws -> String? {
    try validationSplit(data, task: task).map { try data.contentHash(of: $0) }
  }

  /// The validation during training, on that split.
  private static func validation(
    _ data: Dataset, task: (any Task)?, batchSize: Int
  ) throws -> Evaluation? {
    guard let task, let split = validationSplit(data, task: task) else { return nil }
    return try Evaluation(
      task: task, split: split, batchSize: batchSize, limit: TrainingDefaults.validationLimit,
      demonstrations: PuzzleDemonstrations(data, for: split, of: task))
  }
}

extension AgentContext {
  /// Makes sure that several ranks can train an agent together.
  fileprivate func checkRanks(of agent: any LearningAgent.Type) throws {
    guard ranks.areSeveral else { return }
    guard agent.learnsOnRanks else {
      throw GymError(
        "\(agent.id) learns in one process, not on \(ranks.count) ranks",
        remedy: "Train it without mpirun, or in a comparison, where each rank trains agents alone")
    }
    guard workers <= batchSize else {
      throw GymError(
        "\(ranks.count) ranks with \(workersOfRank) workers each are more than the batch has slots",
        expected: "at most \(batchSize) workers in all",
        remedy: "Start fewer ranks, or set a larger batch")
    }
  }
}

/// The defaults for training, the same for all commands.
public enum TrainingDefaults {
  /// The number of puzzles per validation.
  public static let validationLimit = 256

  /// The number of examples per step: an agent's setting "batch", or 32 if it has none.
  public static func batchSize(_ settings: Settings) -> Int {
    if case .integer(let size)? = settings["batch"] { size } else { 32 }
  }

  /// The groups of training puzzles that are drawn from: nil for all, as for agents without a
  /// setting "demonstrations" above 0, which draw only puzzles with questions of their own.
  ///
  /// - Throws: a `GymError` if there is none.
  public static func groups(_ settings: Settings, of split: DatasetSplit) throws -> [Int]? {
    guard case .integer(let count)? = settings["demonstrations"], count > 0 else { return nil }
    return try split.groupsWithQuestions()
  }
}
