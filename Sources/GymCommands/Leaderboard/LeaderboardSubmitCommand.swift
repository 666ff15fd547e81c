import ArgumentParser
import Foundation
import Gym
import GymBoardStore
import GymBoards
import GymDatasets
import GymEvaluation
import GymJSON
import GymReports

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
    return
      "\(participant.agent) solves \(results.solvedCount) of \(results.count.counted("puzzle")) of "
      + "\(benchmark.name), \(results.accuracy.percent)"
      + (missing > 0 ? "; \(missing) have no answer" : "") + ".\n"
      + "Entry \(shortID). `reasongym leaderboard show \(board)` ranks it."
  }
}
