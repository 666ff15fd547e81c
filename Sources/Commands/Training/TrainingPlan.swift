import Datasets
import Foundation
import Gym
import Runner

/// Everything that a new run needs, from the objects that commands have.
struct TrainingPlan {
  var agent: any LearningAgent.Type
  var settings: Settings
  var data: DatasetFolder
  var task: (any Task)?
  var budget: Budget
  var checkpoints = CheckpointInterval()
  var validation = ValidationPlan()
  var seed: UInt64 = 1
  var workers = TrainingPlan.allWorkers

  /// One worker per processor.
  static var allWorkers: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// Starts the run in a folder.
  func start(
    in url: URL, isReplacing: Bool, until interruption: Interruption
  ) throws -> TrainingRun {
    let split = try data.split("train")
    let configuration = try configuration(for: split, until: interruption)
    let learner = try agent.init(settings: settings, context: configuration.context)
    return try TrainingRun(
      creating: url, configuration, agent: learner, split: split,
      preparation: BatchPreparation(for: learner, split, task: task),
      validation: Self.validation(
        data, task: task, batchSize: configuration.context.batchSize),
      isReplacing: isReplacing)
  }

  /// The validation during training, if the dataset has a split for it.
  static func validation(
    _ data: DatasetFolder, task: (any Task)?, batchSize: Int
  ) throws -> Evaluation? {
    guard let task, data.splits.contains(where: { $0.name == "validation" }) else { return nil }
    let split = try data.split("validation")
    _ = try data.contentHash(of: split)
    return try Evaluation(
      task: task, split: split, batchSize: batchSize,
      limit: TrainingDefaults.validationLimit)
  }

  private func configuration(
    for split: DatasetSplit, until interruption: Interruption
  ) throws -> RunConfiguration {
    var context = AgentContext(
      vocabularyCount: split.vocabularyCount,
      grid: task?.grid ?? data.manifest?.subject.grid ?? GridShape(rows: 1, columns: split.cells),
      regions: task?.regions, exchangeable: task?.exchangeableTokens ?? [],
      blank: task?.clueTokens?.blank, puzzleIdentifiers: split.identifierCount,
      batchSize: TrainingDefaults.batchSize(settings), seed: seed, workers: workers)
    context = context.with(
      plannedSteps: budget.plannedSteps(split, batchSize: context.batchSize))
    return RunConfiguration(
      agent: agent.id, agentSettings: settings, context: context,
      task: task.map { TaskReference($0) }, data: data.url.standardizedFileURL,
      dataHash: try data.contentHash(of: split), budget: budget, checkpoints: checkpoints,
      validation: validation)
  }
}
