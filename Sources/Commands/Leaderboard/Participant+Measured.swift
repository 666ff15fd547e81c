import Datasets
import Foundation
import GymEvaluation
import Leaderboard
import Runner

extension EvaluatedAgents {
  /// The agents in the form of a board, after an evaluation.
  ///
  /// - Parameter usesRules: whether the task's rules chose among votes.
  func participant(_ score: Score, usesRules: Bool) throws -> Participant {
    let run = agents.count == 1 ? agents[0].trained : nil
    return try Participant(
      agent: String(title.prefix(80)),
      configuration: agents.count == 1 ? agents[0].configuration : ["agents": json],
      seed: run?.configuration.context.seed,
      codeVersion: "ReasonGym \(ReasonGym.version)",
      usesRules: usesRules || agents.contains(where: \.usesRules),
      ignoresDemonstrations: ignoresDemonstrations,
      usage: UsageReport(usage(score)),
      curve: run.map { try LearningCurve(metrics: $0.folder.metricsFile) },
      command: agents.count == 1 ? Reproduction(agents[0]).command : nil,
      machine: Processor.name)
  }
}

extension Comparison {
  /// Submits the answers of every entry to a board, which judges them itself.
  func submit(to path: String) throws {
    let submission = try LeaderboardSubmission(
      to: path, task: plan.evaluation.task, split: plan.evaluation.split,
      demonstrations: plan.evaluation.demonstrations)
    for entry in plan.entries {
      guard let result = result(of: entry),
        let participant = plan.participants.first(where: { $0.label == entry.label })
      else { continue }
      let metrics = runFolder(of: entry).appendingPathComponent("metrics.jsonl")
      let learned = FileManager.default.fileExists(atPath: metrics.path)
      _ = try submission.submit(
        predictionsFile(of: entry),
        by: Participant(
          agent: entry.label, configuration: participant.configuration, seed: entry.seed,
          codeVersion: "ReasonGym \(ReasonGym.version)",
          usesRules: participant.usesRules || plan.evaluation.voting.usesRules,
          ignoresDemonstrations: participant.ignoresDemonstrations
            && plan.evaluation.demonstrations?.isEmpty == false,
          usage: UsageReport(result.usage),
          curve: learned ? LearningCurve(metrics: metrics) : nil,
          command: Reproduction(participant, seed: entry.seed, steps: result.steps)?.command,
          machine: Processor.name))
    }
  }
}
