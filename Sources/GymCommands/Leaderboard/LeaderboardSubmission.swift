import Foundation
import Gym
import GymBoardStore
import GymBoards
import GymDatasets
import GymEvaluation
import GymExternal
import GymJSON
import GymTraining

/// The submission of an evaluation's answers to a board, prepared before the evaluation begins.
///
/// ```swift
/// let submission = try LeaderboardSubmission(to: "board.db", task: task, split: split)
/// // … solve, and write predictions.jsonl …
/// let entry = try submission.submit(file, by: participant)
/// ```
struct LeaderboardSubmission {
  let board: Board
  /// The benchmark with the split's puzzles.
  let benchmark: Benchmark
  private let path: String

  /// Finds the benchmark of a split on a board by the dataset's hash; creates board and benchmark
  /// if they do not exist.
  ///
  /// - Parameter demonstrations: the solved examples that explain the puzzles, if there are any.
  /// - Throws: a `GymError` if the board cannot be used.
  init(
    to path: String, task: any Task, split: DatasetSplit,
    demonstrations: PuzzleDemonstrations? = nil
  ) throws {
    self.path = path
    board = try Board.openOrCreate(path: path, knowing: task)
    let all = try board.benchmarks()
    let names = Set(all.map(\.name))
    let name = BenchmarkDraft.name(of: task, split: split)
    let free = ([name] + (2...all.count + 2).map { "\(name)-\($0)" }).first { !names.contains($0) }
    let draft = try BenchmarkDraft(
      name: free ?? name, task: task, split: split, demonstrations: demonstrations)
    if let note = draft.note { ProgressLine().note("Note: \(note).") }
    if let found = all.first(where: { $0.id == draft.benchmark.id }) {
      benchmark = found
    } else {
      do {
        try board.add(draft)
        benchmark = draft.benchmark
      } catch {
        // Another process may have added it in the meantime.
        let added = try board.benchmarks().first { $0.id == draft.benchmark.id }
        guard let added else { throw error }
        benchmark = added
      }
    }
  }

  /// Submits the predictions in a file, unless the board has these of this participant already;
  /// then the result is nil.
  func submit(_ predictions: URL, by participant: Participant) throws -> Entry? {
    try board.submitUnlessPresent(
      Submission(participant, predictions: .file(predictions), dataHash: benchmark.dataHash),
      to: benchmark.id)
  }

  /// The message about an entry; nil stands for one that the board had.
  func receipt(_ entry: Entry?) -> String {
    entry?.receiptText(on: benchmark, board: path)
      ?? "These answers of this agent and seed are on \(path) already."
  }
}

extension EvaluatedAgents {
  /// The agents in the form of a board, after an evaluation.
  ///
  /// - Parameter usesRules: whether the task's rules chose among votes.
  func participant(_ score: Score, usesRules: Bool) throws -> Participant {
    let run = agents.count == 1 ? agents[0].trained : nil
    let isProcess = agents.contains { $0.agent is ExternalAgent }
    let usage = usage(score)
    return try Participant(
      agent: Participant.name(title),
      configuration: agents.count == 1 ? agents[0].configuration : ["agents": json],
      seed: run?.configuration.context.seed,
      codeVersion: "ReasonGym \(ReasonGym.version)",
      usesRules: usesRules || agents.contains(where: \.usesRules),
      ignoresDemonstrations: ignoresDemonstrations,
      usage: isProcess ? UsageReport(ofProcess: usage) : UsageReport(usage),
      curve: run.flatMap { try LearningCurve(ifPresentIn: $0.folder) },
      command: agents.count == 1 ? Reproduction(agents[0]).command : nil,
      machine: Processor.name)
  }
}

extension Participant {
  /// A title cut to the length of an agent's name.
  fileprivate static func name(_ title: String) -> String {
    String(title.prefix(80)).trimmingCharacters(in: .whitespaces)
  }
}

extension LearningCurve {
  /// The curve of a run; nil if its folder has no metrics, as that of a packed model.
  fileprivate init?(ifPresentIn folder: RunFolder) throws {
    guard FileManager.default.fileExists(atPath: folder.metricsFile.path) else { return nil }
    try self.init(metrics: folder.metricsFile)
  }
}

extension ComparisonParticipant {
  /// Whether it is a process, which counts its own operations.
  fileprivate var isProcess: Bool {
    switch kind {
    case .learning(let agent, _): agent is ExternalLearner.Type
    case .ready(let agent, _): agent is ExternalAgent
    }
  }
}

extension Comparison {
  /// Submits the answers of every entry to a board, which judges them itself. What the board has
  /// already stays as it is.
  func submit(to path: String, note: (String) -> Void) throws {
    let submission = try LeaderboardSubmission(
      to: path, task: plan.evaluation.task, split: plan.evaluation.split,
      demonstrations: plan.evaluation.demonstrations)
    for entry in plan.entries {
      guard let result = result(of: entry),
        let participant = plan.participants.first(where: { $0.label == entry.label })
      else { continue }
      let usage = result.usage
      let submitted = try submission.submit(
        predictionsFile(of: entry),
        by: Participant(
          agent: entry.label, configuration: participant.configuration, seed: entry.seed,
          codeVersion: "ReasonGym \(ReasonGym.version)",
          usesRules: participant.usesRules || plan.evaluation.voting.usesRules,
          ignoresDemonstrations: participant.ignoresDemonstrations
            && plan.evaluation.demonstrations?.isEmpty == false,
          usage: participant.isProcess ? UsageReport(ofProcess: usage) : UsageReport(usage),
          curve: LearningCurve(ifPresentIn: RunFolder(runFolder(of: entry))),
          command: Reproduction(participant, seed: entry.seed, steps: result.steps)?.command,
          machine: Processor.name))
      if submitted == nil { note("\(entry.name) is on \(path) already") }
    }
  }
}
