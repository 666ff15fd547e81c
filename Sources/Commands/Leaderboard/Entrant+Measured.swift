import Datasets
import Foundation
import GymEvaluation
import Leaderboard
import Runner

extension Asked {
  /// The agents in the form of a board, after an evaluation.
  ///
  /// - Parameter usesRules: whether the task's rules chose among votes.
  func entrant(_ score: Score, usesRules: Bool) throws -> Entrant {
    let run = agents.count == 1 ? agents[0].trained : nil
    return try Entrant(
      agent: String(title.prefix(80)),
      configuration: agents.count == 1 ? agents[0].configuration : ["agents": json],
      seed: run?.configuration.context.seed,
      codeVersion: "ReasonGym \(ReasonGym.version)",
      usesRules: usesRules || agents.contains(where: \.usesRules),
      ignoresDemonstrations: ignoresDemonstrations,
      ledger: EntryLedger(ledger(score)),
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
        let contestant = plan.contestants.first(where: { $0.label == entry.label })
      else { continue }
      let metrics = runFolder(of: entry).appendingPathComponent("metrics.jsonl")
      let learned = FileManager.default.fileExists(atPath: metrics.path)
      _ = try submission.submit(
        predictionsFile(of: entry),
        by: Entrant(
          agent: entry.label, configuration: contestant.configuration, seed: entry.seed,
          codeVersion: "ReasonGym \(ReasonGym.version)",
          usesRules: contestant.usesRules || plan.evaluation.voting.usesRules,
          ignoresDemonstrations: contestant.ignoresDemonstrations
            && plan.evaluation.demonstrations?.isEmpty == false,
          ledger: EntryLedger(result.ledger),
          curve: learned ? LearningCurve(metrics: metrics) : nil,
          command: Reproduction(contestant, seed: entry.seed, steps: result.steps)?.command,
          machine: Processor.name))
    }
  }
}
