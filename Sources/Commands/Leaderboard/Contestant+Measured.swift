import Datasets
import Foundation
import Leaderboard
import Runner

extension Leaderboard.Ledger {
  /// What the runner counted.
  init(_ measured: Runner.Ledger) {
    self.init(.measured)
    parameters = measured.parameters
    flops = measured.solving.cost.flops
    seconds = measured.solving.seconds
    passes = measured.solving.cost.passes
    tokens = measured.solving.cost.tokens
    trainingFlops = measured.training?.cost.flops
    trainingSeconds = measured.training?.seconds
  }
}

extension Asked {
  /// The agents as a board names them, after an evaluation.
  ///
  /// - Parameter usesRules: whether the task's rules chose among votes.
  func contestant(_ score: Score, usesRules: Bool) throws -> Leaderboard.Contestant {
    let run = agents.count == 1 ? agents[0].trained : nil
    return try Leaderboard.Contestant(
      agent: String(title.prefix(80)),
      configuration: agents.count == 1 ? agents[0].configuration : ["agents": json],
      seed: run?.configuration.context.seed,
      usesRules: usesRules || agents.contains(where: \.usesRules),
      ledger: Leaderboard.Ledger(ledger(score)),
      curve: run.map { try Leaderboard.LearningCurve(metrics: $0.folder.metricsFile) })
  }
}

extension Runner.Comparison {
  /// Submits the answers of every entry to a board, which judges them itself.
  func submit(to path: String) throws {
    let submission = try LeaderboardSubmission(
      to: path, task: plan.evaluation.task, split: plan.evaluation.split)
    for entry in plan.entries {
      guard let result = result(of: entry),
        let contestant = plan.contestants.first(where: { $0.label == entry.label })
      else { continue }
      let metrics = runFolder(of: entry).appendingPathComponent("metrics.jsonl")
      let learned = FileManager.default.fileExists(atPath: metrics.path)
      _ = try submission.submit(
        predictionsFile(of: entry),
        by: Leaderboard.Contestant(
          agent: entry.label, configuration: contestant.configuration, seed: entry.seed,
          usesRules: contestant.usesRules || plan.evaluation.voting.usesRules,
          ledger: Leaderboard.Ledger(result.ledger),
          curve: learned ? Leaderboard.LearningCurve(metrics: metrics) : nil))
    }
  }
}
