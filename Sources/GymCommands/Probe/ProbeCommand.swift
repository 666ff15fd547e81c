import ArgumentParser
import Foundation
import Gym
import GymDatasets
import GymJSON
import GymReports
import GymTraining

/// `reasongym probe`: shows what happens inside an agent while it thinks.
struct ProbeCommand: RankedCommand {
  static let configuration = CommandConfiguration(
    commandName: "probe",
    abstract: "Look into an agent while it thinks.",
    discussion: Help.flowing(
      """
      Shows how right the answers are after every segment and inner step, how far each state moves
      (forward residuals), over how many directions the final states spread (participation ratio),
      whether the agent fills a single blank, when it stops by itself, and how many different answers it ends in when its
      first states are perturbed. --out writes a page with plots and boards. Ctrl-C ends with exit
      code 130 and keeps what was seen so far; --resume continues.

      Examples:
        reasongym probe runs/first --data data/sudoku
        reasongym probe runs/first --data data/sudoku --segments 32 --starts 16 \\
          --out probe.html
        reasongym probe runs/first --data data/sudoku --limit 1000 --starts 0 --json
      """))

  @Argument(
    help: ArgumentHelp("A run's folder, or pretrained:NAME.", valueName: "RUN"),
    completion: .agentsAndRuns)
  var name: String

  @Option(help: ArgumentHelp("The dataset's folder.", valueName: "DIR"), completion: .directory)
  var data: String

  @Option(help: "The split.")
  var split = "test"

  @Option(help: ArgumentHelp("Only the first N puzzles.", valueName: "N"))
  var limit = 200

  @Option(help: SampleOptions.seedHelp)
  var sampleSeed: UInt64?

  @Option(
    help: ArgumentHelp("Number of reasoning segments. (default: as in training)", valueName: "M"))
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

  @Option(help: "The task, if neither dataset nor run names it.", completion: .tasks)
  var task: String?

  @Option(
    help: ArgumentHelp("Write an HTML page with plots and boards.", valueName: "file"),
    completion: .file())
  var out: String?

  @Flag(help: "Replace the file of --out.")
  var force = false

  @Flag(help: "Continue a probe that was interrupted.")
  var resume = false

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    try check("--limit", limit, in: 1...100_000)
    try check("--segments", segments, in: 1...100_000)
    try check("--starts", starts, in: 0...1000)
    try check("--boards", boards, in: 0...100)
    try check("--out", out, endsIn: [".html", ".htm"], "an HTML page")
    try check(resume: resume, force: force)
    guard (0...1e6).contains(noise) else {
      throw ValidationError("--noise is \(noise); expected 0...1000000.")
    }
  }

  func run() throws {
    let stopSignal = StopSignal.signals()
    var stopped = InterruptionReport(json: json)
    stopSignal.endInTime { [stopped] in stopped.say(kept: nil) }
    let line = ProgressLine()
    if Ranks.world.isFirst { try OutputFile.check(out, replaces: force) }
    let reference = try AgentSpecifier(name)
    let data = try Dataset(URL(fileURLWithPath: data))
    let task = try reference.task(of: data, named: task)
    let ready = try reference.make(
      for: task, identifiers: data.identifierCount, checkpoint: best ? .best : .newest
    ) { line.note("Warning: \($0)") }
    guard let agent = ready.agent as? any ProbedAgent else {
      throw GymError("\(ready.title) has no states to look at", expected: "a run of a neural agent")
    }
    try ready.trained?.checkFits(data)
    let puzzles = try data.split(split)
    try puzzles.checkAnswersAreKnown(task)
    let probe = Probe(
      try Evaluation(
        task: task, split: puzzles, options: SolveOptions(segments: segments),
        limit: limit, sampleSeed: sampleSeed,
        demonstrations: PuzzleDemonstrations(data, for: puzzles, of: task)),
      starts: starts, noise: noise, seed: seed, boards: boards)
    let (ranks, plan) = (Ranks.world, try plan(ready, data, probe))
    try ranks.agree(on: plan)
    let kept =
      try ranks.isFirst
      ? KeptWork(
        "probe", of: plan, beside: out, resumes: resume, replaces: force, line: line) : nil
    stopped.title = ready.title
    stopped.total = probe.evaluation.count
    stopSignal.endInTime { [stopped] in stopped.say(kept: kept?.keep()) }
    let result: ProbeReport?
    do {
      result = try probe.run(
        agent, journal: kept?.journal, ranks: ranks, stop: stopSignal.stop
      ) { share, puzzles in
        line.update { "\(share.percent) done" }
        stopped.answered = puzzles
        stopSignal.endInTime { [stopped] in stopped.say(kept: kept?.keep()) }
        return !stopSignal.isRequested
      }
    } catch {
      stopSignal.endsByItself()
      if let path = kept?.keep() { line.note("The finished part is kept in \(path) for --resume.") }
      throw error
    }
    stopSignal.endsByItself()
    line.clear()
    guard let report = result else {
      stopped.say(kept: kept?.keep(), failure: kept?.journal?.failure)
      throw ExitCode(StopSignal.exitCode)
    }
    let asked =
      "\(report.puzzles.counted("puzzle")) of \(split), "
      + report.segments.count.counted("segment")
    if json {
      let result: JSON = [
        "agent": .string(ready.id.description),
        "step": ready.trained.map { JSON($0.checkpoint.step) } ?? .null,
        "configuration": ready.configuration, "data": .string(data.url.path),
        "split": .string(split),
        "seed": JSON(seed), "sample-seed": sampleSeed.map { JSON($0) } ?? .null,
        "interrupted": false, "probe": report.json,
      ]
      print(result.text(.pretty))
    } else {
      print(
        report.text(title: "\(ready.title) on \(asked)", width: Terminal.output.width),
        terminator: "")
    }
    // The measurements are printed even if the page cannot be written.
    if let out, ranks.isFirst {
      let page = ProbePage(
        report, task: task, title: "\(ready.title) on \(task.id)", subtitle: asked)
      do {
        try WholeFile.write(page.html.utf8, to: URL(fileURLWithPath: out))
      } catch {
        if let path = kept?.keep() { line.note("What was seen is kept in \(path) for --resume.") }
        throw error
      }
      if !json { print("The page is \(out).") }
    }
    kept?.remove()
  }

  /// The parameters that a resumed probe must share with the interrupted one.
  private func plan(_ ready: LoadedAgent, _ data: Dataset, _ probe: Probe) throws -> JSON {
    [
      "task": [
        "id": .string(probe.evaluation.task.id.description),
        "settings": probe.evaluation.task.settings.json,
      ],
      "puzzles": .string(try data.contentHash(of: probe.evaluation.split)),
      "evaluation": probe.evaluation.json, "starts": JSON(probe.starts),
      "noise": .number(probe.noise), "seed": .string("\(probe.seed)"),
      "agent": .string(ready.id.description), "configuration": ready.configuration,
      "weights": try ready.trained.map { .string(try $0.checkpoint.hash()) } ?? .null,
    ]
  }
}

extension ProbeReport {
  /// The report as readable tables and sentences.
  func text(title: String, width: Int) -> String {
    var table = TextTable(
      ("segment", .right), ("cells right", .right), ("solved", .right), ("residuals", .left))
    for step in segments {
      let residuals = states.compactMap { state in
        residual(of: state.name, in: step.segment).map {
          "\(state.name) \(Figures.fixed(2, of: $0))"
        }
      }
      table.add(
        "\(step.segment)", step.score.cellAccuracy.percent, step.score.exactAccuracy.percent,
        residuals.joined(separator: ", "))
    }
    var spread = TextTable(("state", .left), ("width", .right), ("participation ratio", .right))
    for state in states {
      spread.add(
        state.name, "\(state.width)", state.participation.map { Figures.fixed(2, of: $0) } ?? "–")
    }
    let sentences = [
      title, "One blank. \(oneBlank.sentence)", "Halting. \(haltingSentence)",
      "Perturbed starts. \(fixedPoints?.sentence ?? FixedPoints.nothing)",
    ].map { $0.wrapped(to: width).joined(separator: "\n") }
    return """
      \(sentences[0])

      \(table.text(width: width))
      \(spread.text(width: width))
      \(sentences[1...].joined(separator: "\n"))

      """
  }
}
