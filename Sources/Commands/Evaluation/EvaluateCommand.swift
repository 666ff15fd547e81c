import ArgumentParser
import Datasets
import Foundation
import Gym
import JSON
import Runner

/// `reasongym evaluate`: how many puzzles a trained agent solves.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Score a run's agent on the puzzles of a split, by the task's rules.",
    discussion: """
      A puzzle counts where it is wholly solved; the interval is Wilson's, 95 %. --predictions
      keeps every answer, a JSON object a line.

      Examples:
        reasongym evaluate runs/first --data data/sudoku
        reasongym evaluate runs/first --data data/sudoku --segments 16 --limit 200 --json
      """)

  @Argument(help: ArgumentHelp("The run's folder.", valueName: "RUN"))
  var folder: String

  @Option(help: ArgumentHelp("The dataset's folder.", valueName: "DIR"))
  var data: String

  @Option(help: "The split.")
  var split = "test"

  @Option(help: ArgumentHelp("Segments to think. (default: as in training)", valueName: "M"))
  var segments: Int?

  @Option(help: ArgumentHelp("Only the first N puzzles.", valueName: "N"))
  var limit: Int?

  @Option(help: "The number of worker threads. (default: as in training)")
  var workers: Int?

  @Option(help: "The task, where neither dataset nor run names it.")
  var task: String?

  @Flag(help: "Take the checkpoint that was best on the validation split, not the newest.")
  var best = false

  @Option(help: ArgumentHelp("Write the answers to a new JSON lines file.", valueName: "file"))
  var predictions: String?

  @Flag(help: "Replace the file of --predictions.")
  var force = false

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    for (name, value, most) in [
      ("--segments", segments, 100_000), ("--limit", limit, 1_000_000_000),
      ("--workers", workers, 1024),
    ] {
      if let value, !(1...most).contains(value) {
        throw ValidationError("\(name) is \(value); expected 1...\(most).")
      }
    }
  }

  func run() throws {
    let interruption = Interruption.signals()
    let line = ProgressLine()
    let trained = try TrainedAgent(
      run: URL(fileURLWithPath: folder), best ? .best : .newest, workers: workers
    ) { line.note("Warning: \($0)") }
    let data = try DatasetFolder(URL(fileURLWithPath: data))
    try trained.checkFits(data)
    let evaluation = try Evaluation(
      task: try task(of: data, trained), split: data.split(split),
      options: SolveOptions(segments: segments), batchSize: trained.configuration.context.batchSize,
      limit: limit)
    let file = try predictions.map { try PendingLines($0, replaces: force) }
    let score = try evaluation.run(trained.agent, keepingPredictions: file?.writer) { done in
      line.update { "\(done) of \(evaluation.count) puzzles" }
      return !interruption.isRequested
    }
    line.clear()
    if !interruption.isRequested { try file?.finish() }
    if json {
      print(report(score, of: trained, on: data).text(.pretty))
    } else {
      let name = "\(trained.configuration.agent) of step \(trained.checkpoint.step)"
      print(score.text(title: "\(name) on \(split)", width: Terminal.output.width), terminator: "")
    }
    if interruption.isRequested { throw ExitCode(Interruption.exitCode) }
  }

  private func task(of data: DatasetFolder, _ trained: TrainedAgent) throws -> any Task {
    if let task = try Catalogue.current.task(of: data, named: task) { return task }
    if let reference = trained.configuration.task { return try Catalogue.current.task(reference) }
    throw GymError(
      "neither the dataset nor the run says which task this is", at: data.url.path,
      remedy: "Name it by --task")
  }

  private func report(_ score: Score, of trained: TrainedAgent, on data: DatasetFolder) -> JSON {
    [
      "agent": .string(trained.configuration.agent.description),
      "step": .integer(Int64(trained.checkpoint.step)),
      "data": .string(data.url.path), "split": .string(split), "score": score.json,
    ]
  }
}
