import Datasets
import Foundation
import Gym

extension Comparison {
  /// How often, about, an agent is validated while it learns.
  private static let validations = 10

  /// Trains an entry's agent, from the beginning or its last checkpoint.
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
      type, settings, seed: entry.seed ?? 1, split, validates: validation != nil, stored: stored,
      until: interruption)
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
        traces: TraceSource(for: agent, task: plan.evaluation.task), validation: validation)
    } else {
      // What a process left that was killed before its first file was whole.
      try DiskFolder.remove(url)
      agent = try type.init(settings: settings, context: wanted.context)
      run = try TrainingRun(
        creating: url, wanted, agent: agent, split: split,
        traces: TraceSource(for: agent, task: plan.evaluation.task), validation: validation)
    }
    return (agent, try run.train(until: interruption, report: report))
  }

  /// The configuration of a run: the comparison's budget, and how many steps it should be, which
  /// schedules depend on.
  private func configuration(
    _ type: any LearningAgent.Type, _ settings: Settings, seed: UInt64, _ split: DatasetSplit,
    validates: Bool, stored: RunConfiguration?, until interruption: Interruption
  ) throws -> RunConfiguration {
    let task = plan.evaluation.task
    let batch = TrainingDefaults.batchSize(settings)
    func context(plannedSteps: Int?) -> AgentContext {
      AgentContext(
        vocabularyCount: split.vocabularyCount, grid: task.grid,
        puzzleIdentifiers: split.identifierCount, batchSize: batch, plannedSteps: plannedSteps,
        seed: seed, workers: plan.workers)
    }
    var budget = plan.budget
    var steps: Int?
    if let stored {
      // A run goes on with the plan that it began with: measured again, it would be another.
      (budget, steps) = (stored.budget, stored.context.plannedSteps)
    } else {
      steps = try budget.plannedSteps(
        of: type, settings: settings, context: context(plannedSteps: nil), split: split,
        task: task, until: interruption)
      if steps == nil {
        // An agent that counts no operations spends none: it sees all there is once.
        budget = .epochs(1)
        steps = budget.plannedSteps(split, batchSize: batch)
      }
    }
    return RunConfiguration(
      agent: type.id, agentSettings: settings, context: context(plannedSteps: steps),
      task: TaskReference(task), data: plan.data.url.standardizedFileURL,
      dataHash: try plan.data.contentHash(of: split), budget: budget,
      validation: ValidationPlan(
        steps: validates ? steps.map { max(1, $0 / Self.validations) } : nil))
  }
}
