import Datasets
import Foundation
import Gym

extension Comparison {
  /// The number of validations of an agent while it learns.
  private static let validations = 10

  /// Trains an entry's agent, from the beginning or from its last checkpoint.
  func train(
    _ type: any LearningAgent.Type, _ settings: Settings, _ entry: ComparisonEntry,
    _ interruption: Interruption, _ report: (TrainingEvent) -> Void
  ) throws -> (any LearningAgent, TrainingEnd) {
    let url = runFolder(of: entry)
    let split = try plan.data.split("train")
    let validation = try plan.data.splits.first { $0.name == "validation" }.map {
      try Evaluation(task: plan.evaluation.task, split: $0, limit: TrainingDefaults.validationLimit)
    }
    let folder = RunFolder(url)
    let stored =
      folder.holdsRun ? try RunConfiguration(contentsOf: folder.configurationFile) : nil
    var wanted = try configuration(
      type, settings, seed: entry.seed ?? 1, split, validates: validation != nil, stored: stored)
    let run: TrainingRun
    let agent: any LearningAgent
    if let stored {
      wanted.context = wanted.context.with(workers: stored.context.workers)
      wanted.data = stored.data
      guard wanted.json == stored.json else {
        throw GymError(
          "the run is not the one that the comparison began", at: url.path,
          remedy: "Delete its folder to have it trained again")
      }
      agent = try type.init(settings: settings, context: wanted.context)
      run = try TrainingRun(
        resuming: url, wanted, agent: agent, split: split,
        preparation: BatchPreparation(for: agent, split, task: plan.evaluation.task),
        validation: validation)
    } else {
      // Files of a process that was killed before its first file was complete.
      try DiskFolder.remove(url)
      agent = try type.init(settings: settings, context: wanted.context)
      run = try TrainingRun(
        creating: url, wanted, agent: agent, split: split,
        preparation: BatchPreparation(for: agent, split, task: plan.evaluation.task),
        validation: validation)
    }
    return (agent, try run.train(until: interruption, report: report))
  }

  /// The configuration of a run: the comparison's budget or, if that counts operations and the
  /// agent does not, one epoch.
  private func configuration(
    _ type: any LearningAgent.Type, _ settings: Settings, seed: UInt64, _ split: DatasetSplit,
    validates: Bool, stored: RunConfiguration?
  ) throws -> RunConfiguration {
    let task = plan.evaluation.task
    let batch = TrainingDefaults.batchSize(settings)
    var budget = stored?.budget ?? plan.budget
    if case .flops = budget, !type.countsOperations { budget = .epochs(1) }
    return RunConfiguration(
      agent: type.id, agentSettings: settings,
      context: AgentContext(
        vocabularyCount: split.vocabularyCount, grid: task.grid, regions: task.regions,
        exchangeable: task.exchangeableTokens, blank: task.clueTokens?.blank,
        puzzleIdentifiers: split.identifierCount, batchSize: batch,
        plannedSteps: budget.plannedSteps(split, batchSize: batch), seed: seed,
        workers: plan.workers),
      task: TaskReference(task), data: plan.data.url.standardizedFileURL,
      dataHash: try plan.data.contentHash(of: split), budget: budget,
      validation: ValidationPlan(parts: validates ? Self.validations : nil))
  }
}
