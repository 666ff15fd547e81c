import ArgumentParser
import Foundation
import Gym
import GymBoardStore
import GymBoards
import GymDatasets
import GymEvaluation
import GymExternal
import GymJSON
import GymReports
import GymTraining

/// `reasongym leaderboard submit`: submits predictions to a board.
struct LeaderboardSubmitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit",
    abstract: "Submit predictions; the board judges each answer itself.",
    discussion: Help.flowing(
      """
      Predictions are JSON lines such as {"id":"test/3","answer":"5346…"}, with any of confidence,
      segments, failure, thoughts and tokens. An answer may have blanks or line breaks between
      cells, or be a list of rows. A puzzle without a line counts as not solved. Costs
      given here are marked as claimed; `evaluate --submit` measures them.

      Examples:
        reasongym leaderboard submit board.db answers.jsonl --agent "My agent" \\
          --seed 1
        reasongym leaderboard submit board.db answers.jsonl --agent llm \\
          --flops 3e15 --config '{"model":"large"}' --data data/sudoku
      """))

  @OptionGroup var options: BoardOptions

  @Argument(
    help: ArgumentHelp("The predictions, JSON lines.", valueName: "FILE"), completion: .file())
  var predictions: String

  @Option(help: "The agent's name, as it is shown.", completion: .agents)
  var agent: String

  @Option(help: "The seed that it was trained or run with.")
  var seed: UInt64?

  @Option(
    help: ArgumentHelp("Its configuration: a JSON object, or a file.", valueName: "JSON"),
    completion: .file())
  var config: String?

  @Option(help: ArgumentHelp("The version of its code.", valueName: "TEXT"))
  var codeVersion: String?

  @Option(help: ArgumentHelp("FLOPs spent on solving all puzzles.", valueName: "F"))
  var flops: Double?

  @Option(help: ArgumentHelp("The agent's parameters.", valueName: "N"))
  var parameters: Int?

  @Option(help: ArgumentHelp("Seconds spent on solving all puzzles.", valueName: "S"))
  var seconds: Double?

  @Flag(help: "The agent was given the task's rules, as a solver is.")
  var usesRules = false

  @Flag(help: "The agent was not shown the puzzles' demonstrations (ARC), or cannot use them.")
  var withoutDemonstrations = false

  @Option(
    name: .customLong("run"),
    help: ArgumentHelp("The run's folder, for its learning curve.", valueName: "DIR"))
  var runFolder: String?

  @Option(
    help: ArgumentHelp("What `scale --json` printed of it, for its page.", valueName: "FILE"),
    completion: .file())
  var scale: String?

  @Option(
    help: ArgumentHelp("What `probe --json` printed of it, for its page.", valueName: "FILE"),
    completion: .file())
  var probe: String?

  @Option(
    help: ArgumentHelp("The commands that train and ask it again, in one line.", valueName: "TEXT"))
  var command: String?

  @Option(
    help: ArgumentHelp("The dataset that was solved, to be compared.", valueName: "DIR"),
    completion: .directory)
  var data: String?

  @OptionGroup var secret: SecretSeedOption

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let participant = try participant()
    let board = try options.open(for: .writing, secretSeed: secret.read())
    let benchmark = try options.choose(on: board)
    let split = try data.map { try Dataset(URL(fileURLWithPath: $0)).split(benchmark.split) }
    let file = URL(fileURLWithPath: predictions)
    let told: (String) -> Void = { ProgressLine().note("Note: \($0).") }
    let entry = try board.submit(
      Submission(participant, predictions: .file(file), dataHash: split?.contentHash()),
      to: benchmark.id, told: told)
    if let note = split.flatMap(BenchmarkDraft.note(on:)) { told(note) }
    print(
      json
        ? entry.receipt.text(.pretty)
        : entry.receiptText(on: benchmark, board: options.board))
  }

  private func participant() throws -> Participant {
    var usage = UsageReport(.claimed)
    (usage.flops, usage.parameters, usage.seconds) = (flops, parameters, seconds)
    let curve = try runFolder.map {
      try LearningCurve(
        metrics: URL(fileURLWithPath: $0).appendingPathComponent("metrics.jsonl"))
    }
    let (scaling, probe) = (try scale.map(AgentStudy.init), try probe.map(AgentStudy.init))
    let participant = try Participant(
      agent: agent, configuration: configuration(), seed: seed, codeVersion: codeVersion,
      usesRules: usesRules, ignoresDemonstrations: withoutDemonstrations, usage: usage,
      curve: curve, scaling: scaling?.scaling(), probe: probe?.probe(), command: command)
    for study in [scaling, probe] { try study?.check(isOf: participant) }
    return participant
  }

  private func configuration() throws -> JSON {
    guard let config else { return [:] }
    return config.first == "{"
      ? try JSON(parsing: config, name: "--config")
      : try JSON(contentsOf: URL(fileURLWithPath: config))
  }
}

extension Entry {
  /// The message for the submitter, as JSON.
  var receipt: JSON {
    [
      "entry": .string(id), "solved": JSON(results.solvedCount),
      "answered": JSON(results.answered.trueCount),
      "puzzles": JSON(results.count), "predictions": .string(predictionsHash),
    ]
  }

  /// The message for the submitter.
  func receiptText(on benchmark: Benchmark, board: String) -> String {
    let missing = results.count - results.answered.trueCount
    return "\(participant.agent) solves \(results.solvedCount) of \(results.count) puzzles of "
      + "\(benchmark.name), \(results.accuracy.percent)"
      + (missing > 0 ? "; \(missing) have no answer" : "") + ".\n"
      + "Entry \(shortID). `reasongym leaderboard show \(board)` ranks it."
  }
}

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

  /// Submits the predictions in a file.
  func submit(_ predictions: URL, by participant: Participant) throws -> Entry {
    try board.submit(submission(predictions, participant), to: benchmark.id)
  }

  /// Submits the predictions in a file, unless the board has these of this participant already;
  /// then the result is nil.
  func submitUnlessPresent(_ predictions: URL, by participant: Participant) throws -> Entry? {
    try board.submitUnlessPresent(submission(predictions, participant), to: benchmark.id)
  }

  private func submission(_ predictions: URL, _ participant: Participant) -> Submission {
    Submission(participant, predictions: .file(predictions), dataHash: benchmark.dataHash)
  }

  /// The message about an entry.
  func receipt(_ entry: Entry) -> String { entry.receiptText(on: benchmark, board: path) }
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
      let submitted = try submission.submitUnlessPresent(
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
