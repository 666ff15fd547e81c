import Datasets
import Foundation
import Gym

extension Comparison {
  /// The number of validations of an agent while it learns.
  private static let validations = 10

  /// Trains an entry's agent, from the beginning or from its last checkpoint.
  func train(
    _ participant: ComparisonParticipant, _ type: any LearningAgent.Type, _ settings: Settings,
    _ entry: ComparisonRun, _ stopSignal: StopSignal, _ report: (TrainingEvent) -> Void
  ) throws -> (any LearningAgent, TrainingEnd) {
    let url = runFolder(of: entry)
    let folder = RunFolder(url)
    let stored =
      folder.holdsRun ? try RunConfiguration(contentsOf: folder.configurationFile) : nil
    let training = trainingPlan(type, settings, seed: entry.seed ?? 1, stored: stored)
    let run: TrainingRun
    if let stored {
      var wanted = try training.configuration()
      wanted.context = wanted.context.with(workers: stored.context.workers)
      wanted.data = stored.data
      guard wanted.json == stored.json else {
        throw GymError(
          "the run is not the one that the comparison began", at: url.path,
          remedy: "Delete its folder to have it trained again")
      }
      run = try TrainingPlan.resume(url, wanted, data: training.data, task: training.task) {
        try participant.agent(type, settings, $0)
      }
    } else {
      // Files of a process that was killed before its first file was complete.
      try FileSystem.remove(url)
      run = try training.start(in: url) { try participant.agent(type, settings, $0) }
    }
    return (run.agent, try run.train(until: stopSignal, report: report))
  }

  /// The plan of a run, with the comparison's budget or, if that counts operations and the agent
  /// does not, one epoch.
  private func trainingPlan(
    _ type: any LearningAgent.Type, _ settings: Settings, seed: UInt64, stored: RunConfiguration?
  ) -> TrainingPlan {
    var budget = stored?.budget ?? plan.budget
    if case .flops = budget, !type.countsOperations { budget = .epochs(1) }
    let validates = plan.data.splits.contains { $0.name == "validation" }
    return TrainingPlan(
      agent: type, settings: settings, data: plan.data, task: plan.evaluation.task, budget: budget,
      validation: ValidationPlan(parts: validates ? Self.validations : nil), seed: seed,
      workers: plan.workers)
  }
}
