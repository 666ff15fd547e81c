import ArgumentParser
import Datasets
import Foundation
import Gym
import JSON
import Runner

/// `reasongym probe`: what goes on inside an agent while it thinks.
struct ProbeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "probe",
    abstract: "Look into an agent while it thinks.",
    discussion: """
      Shows how right the answers are after every segment and inner step, how far each state moves
      (forward residuals), over how many directions the final states spread (participation ratio),
      whether the agent fills a single blank, and how many different answers it ends in when its
      first states are perturbed. --out writes a page with plots and boards.

      Examples:
        reasongym probe runs/first --data data/sudoku
        reasongym probe runs/first --data data/sudoku --segments 32 --starts 16 --out probe.html
        reasongym probe runs/first --data data/sudoku --limit 1000 --starts 0 --json
      """)

  @Argument(help: ArgumentHelp("A run's folder.", valueName: "RUN"))
  var name: String

  @Option(help: ArgumentHelp("The dataset's folder.", valueName: "DIR"))
  var data: String

  @Option(help: "The split.")
  var split = "test"

  @Option(help: ArgumentHelp("Only the first N puzzles.", valueName: "N"))
  var limit = 200

  @Option(help: ArgumentHelp("Segments to think. (default: as in training)", valueName: "M"))
  var segments: Int?

  @Option(help: ArgumentHelp("Perturbed starts of each puzzle.", valueName: "K"))
  var starts = 8

  @Option(help: "The standard deviation of the noise on the numbers of a start, whose own is 1.")
  var noise = 1.0

  @Option(help: "The seed of noise and blanks.")
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("Puzzles to draw on the page.", valueName: "N"))
  var boards = 4

  @Flag(help: "Take the checkpoint that was best on the validation split, not the newest.")
  var best = false

  @Option(help: "The task, where neither dataset nor run names it.")
  var task: String?

  @Option(help: ArgumentHelp("Write an HTML page with plots and boards.", valueName: "file"))
  var out: String?

  @Flag(help: "Replace the file of --out.")
  var force = false

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    try check("--limit", limit, in: 1...100_000)
    try check("--segments", segments, in: 1...100_000)
    try check("--starts", starts, in: 0...1000)
    try check("--boards", boards, in: 0...100)
    guard (0...1e6).contains(noise) else {
      throw ValidationError("--noise is \(noise); expected 0...1000000.")
    }
  }

  func run() throws {
    let interruption = Interruption.signals()
    let line = ProgressLine()
    try FileManager.default.checkFree(out, force: force)
    let reference = try AgentReference(name)
    let data = try DatasetFolder(URL(fileURLWithPath: data))
    let task = try reference.task(of: data, named: task)
    let ready = try reference.make(
      for: task, identifiers: data.identifierCount, checkpoint: best ? .best : .newest
    ) { line.note("Warning: \($0)") }
    guard let agent = ready.agent as? any ProbedAgent else {
      throw GymError("\(ready.title) has no states to look at", expected: "a run of a neural agent")
    }
    try ready.trained?.checkFits(data)
    let probe = Probe(
      try Evaluation(
        task: task, split: data.split(split), options: SolveOptions(segments: segments),
        limit: limit),
      starts: starts, noise: noise, seed: seed, boards: boards)
    let report = try probe.run(agent) { share in
      line.update { "\(share.percent) done" }
      return !interruption.isRequested
    }
    line.clear()
    guard let report else { throw ExitCode(Interruption.exitCode) }
    let asked = "\(report.puzzles) puzzles of \(split), \(report.segments.count) segments"
    if let out {
      let page = ProbePage(
        report, task: task, title: "\(ready.title) on \(task.id)", subtitle: asked)
      try Data(page.html.utf8).write(to: URL(fileURLWithPath: out), options: .atomic)
    }
    if json {
      let result: JSON = [
        "agent": .string(ready.id.description),
        "step": ready.trained.map { .integer(Int64($0.checkpoint.step)) } ?? .null,
        "configuration": ready.configuration, "data": .string(data.url.path),
        "split": .string(split),
        "seed": Int64(exactly: seed).map { .integer($0) } ?? .unsigned(seed),
        "probe": report.json,
      ]
      print(result.text(.pretty))
    } else {
      print(
        report.text(title: "\(ready.title) on \(asked)", width: Terminal.output.width),
        terminator: "")
      if let out { print("The page is \(out).") }
    }
  }
}
