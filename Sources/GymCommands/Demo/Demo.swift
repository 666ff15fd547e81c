import ArgumentParser
import Foundation
import Gym
import GymBoardPages
import GymBoardStore
import GymDatasets
import GymReports
import GymTraining

/// `reasongym demo`: goes from nothing to a leaderboard in a few minutes.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Make puzzles, train three agents on them, and rank what they solve.",
    discussion: Help.flowing(
      """
      Takes three to ten minutes on two processors. Everything lands in one folder: the puzzles
      in data/, the runs in comparison/, the leaderboard in board.db, its pages in site/. A demo
      that is there is replaced, unless it was given more operations or its board has more entries:
      --force replaces that too.

      Examples:
        reasongym demo
        reasongym demo --flops 3e13 --out ../demo
      """))

  @Option(help: ArgumentHelp("The folder of everything.", valueName: "DIR"), completion: .directory)
  var out = "demo"

  @Option(help: ArgumentHelp("Operations of training for each agent.", valueName: "F"))
  var flops = Demo.flops

  @Flag(help: "Replace what is there, whatever it took.")
  var force = false

  func validate() throws {
    guard flops >= 1, flops <= 1e20 else {
      throw ValidationError("--flops is \(flops); expected 1 to 1e20.")
    }
  }

  func run() throws {
    let stopSignal = StopSignal.signals()
    let demo = try Demo(out: URL(fileURLWithPath: out), flops: flops)
    do {
      let page = try demo.run(replaces: force, until: stopSignal)
      print(
        """
        The leaderboard, with every puzzle and every answer: open \(page.path)

        Look further:
          reasongym leaderboard show \(out)/board.db
          reasongym scale \(out)/comparison/runs/hrm-1 --data \(out)/data --segments 1,2,4,8 \\
            --votes 1,8
        """)
    } catch is CancellationError {
      ProgressLine().note("Interrupted. The same command begins the demo anew.")
      throw ExitCode(StopSignal.exitCode)
    }
  }
}

/// The demo: puzzles, agents under one budget, a leaderboard of what they solve.
struct Demo {
  /// Floating-point operations of training that each agent gets.
  static let flops = 8e12
  private static let task = "sudoku-extreme"
  private static let taskSettings = ["size=6", "clues=22"]
  private static let learners = ["hrm", "transformer", "recurrent-cot"]
  private static let solver = "solver"
  /// The same for all learners, so that only their arrangement differs.
  private static let preset = "fast-tiny"
  private static let counts = ["train": 2000, "validation": 100, "test": 400]
  private static let augmentations = 50

  private let out: URL
  private let flops: Double
  private let task: any Task
  private let line = ProgressLine()

  init(out: URL, flops: Double) throws {
    self.out = out
    self.flops = flops
    task = try Catalogue.current.task(named: Self.task, settings: Self.taskSettings)
  }

  /// Makes the data, trains and scores the agents, shows a puzzle being solved, and writes the
  /// leaderboard's pages.
  ///
  /// - Returns: the first page.
  /// - Throws: `CancellationError` if somebody asked for a stop.
  func run(replaces: Bool, until stopSignal: StopSignal) throws -> URL {
    let folder = out.appendingPathComponent("comparison")
    try Comparison.check(folder, .replacing)
    if !replaces { try checkIsNoLoss(folder) }
    try DemoOpening.show(line)
    let data = try makeData(stopSignal)
    let plan = try ComparisonPlan(
      participants: participants(on: data), data: data, budget: .flops(flops), seeds: [1],
      evaluation: Evaluation(
        task: task, split: data.split("test"), options: SolveOptions(keepsThoughts: true)),
      workers: TrainingPlan.allWorkers)
    let comparison = try Comparison(in: folder, plan, opening: .replacing)
    let display = ComparisonDisplay(line)
    guard let summary = try comparison.run(until: stopSignal, report: { display.show($0) })
    else { throw CancellationError() }
    line.clear()
    try showThoughts(of: comparison, on: data)
    print(summary.text(width: Terminal.output.width))
    return try writePages(of: comparison)
  }

  private func makeData(_ stopSignal: StopSignal) throws -> Dataset {
    let url = out.appendingPathComponent("data")
    try checkIsOurs(url)
    var generator = DatasetGenerator(counts: Self.counts, seed: 1)
    generator.isDisjoint = true
    generator.augmentations = Self.augmentations
    do {
      try FileManager.default.createDirectory(at: out, withIntermediateDirectories: true)
    } catch {
      throw GymError.unwritten(out.path, error, "the folder cannot be made")
    }
    let control = WorkControl(
      workers: TrainingPlan.allWorkers, stop: stopSignal.stop,
      report: { progress in line.update { "making puzzles: \(progress.puzzles)" } })
    let task = self.task
    let manifest = try generator.generate(task, to: url, replaces: true, control: control)
    line.clear()
    let made = manifest.splits.map { "\($0.groups) \($0.name)" }.joined(separator: ", ")
    print("Made puzzles of \(task.id), \(task.grid): \(made); none equivalent across splits.")
    return try Dataset(url)
  }

  /// Checks that a dataset that would be replaced is one of an earlier demo.
  private func checkIsOurs(_ url: URL) throws {
    guard FileManager.default.fileExists(atPath: url.path) else { return }
    let task = self.task
    guard try Dataset(url).manifest?.subject == TaskSpec(task) else {
      throw GymError(
        "there is a dataset that is not the demo's", at: url.path,
        remedy: "Name another folder by --out")
    }
  }

  /// Checks that what would be replaced is a demo's, and took no longer than this one will.
  private func checkIsNoLoss(_ folder: URL) throws {
    let remedy = "Name another folder by --out, or replace it by --force"
    if let budget = try Comparison.budget(in: folder) {
      guard case .flops(let earlier) = budget, earlier <= flops else {
        throw GymError(
          "the comparison here was given \(budget) for each agent", at: folder.path,
          expected: "\(flops.operations) or less, which this demo would put in its place",
          remedy: remedy)
      }
    }
    let file = out.appendingPathComponent("board.db")
    guard FileManager.default.fileExists(atPath: file.path) else { return }
    let board = try Board(path: file.path, for: .reading)
    let made = Self.learners.count + 1
    let entries = try board.benchmarks().reduce(0) { try $0 + board.entries(of: $1.id).count }
    guard entries <= made else {
      throw GymError(
        "the board holds \(entries) entries", at: file.path,
        expected: "the \(made) of a demo, which this one would put in their place", remedy: remedy)
    }
  }

  private func participants(on data: Dataset) throws -> [ComparisonParticipant] {
    let learners = try Self.learners.map { name -> ComparisonParticipant in
      let agent = try Catalogue.current.learningAgent(named: name)
      var settings = Settings(agent.settings)
      try settings.apply(Self.preset, of: agent)
      return ComparisonParticipant(name, learning: agent, settings: settings)
    }
    let solver = try AgentSpecifier(Self.solver).make(for: task)
    return learners + [
      ComparisonParticipant(
        Self.solver, ready: solver.agent, configuration: solver.configuration,
        usesRules: solver.usesRules)
    ]
  }

  private func showThoughts(of comparison: Comparison, on data: Dataset) throws {
    guard let entry = comparison.plan.entries.first(where: { $0.label == Self.learners[0] })
    else { return }
    let trained = try TrainedAgent(run: comparison.runFolder(of: entry)) {
      line.note("Warning: \($0)")
    }
    print("\nA held-out puzzle, segment by segment, as \(entry.label) solves it:\n")
    print(try trained.solve(data.split("test").example(0), task: task).text)
  }

  private func writePages(of comparison: Comparison) throws -> URL {
    let board = out.appendingPathComponent("board.db")
    for name in [board.path, board.path + "-wal", board.path + "-shm"] { unlink(name) }
    try comparison.submit(to: board.path) { ProgressLine().note("Note: \($0).") }
    let site = LeaderboardSite(
      board: try Board(path: board.path, for: .reading), title: "ReasonGym demo")
    return try site.write(to: out.appendingPathComponent("site")).index
  }
}

/// The opening of the demo: a trained model that comes with the gym solves a puzzle that it never
/// saw, before anything is trained.
enum DemoOpening {
  private static let model = ModelLibrary.prefix + "sudoku-extreme"
  /// A generated one, rated 21; not in the training data, nor equivalent to a puzzle there.
  private static let puzzle =
    "....7..5...25..9....8.3.4.11....4...2.....74..5....2.64....3........8..5.839....."

  /// Solves the puzzle and draws what changes from segment to segment.
  static func show(_ line: ProgressLine) throws {
    guard ModelLibrary.names.contains(String(model.dropFirst(ModelLibrary.prefix.count))) else {
      print("No trained model is installed beside the program, so the demo begins with training.")
      return
    }
    let reference = try AgentSpecifier(model)
    let task = try reference.task(of: nil, named: nil)
    let ready = try reference.make(for: task) { line.note("Warning: \($0)") }
    let asked = try PuzzleArgument.completed(
      PuzzleArgument.read(puzzle, index: 0, task: task), task: task)
    let start = ContinuousClock.now
    let film = try SolveTranscript(
      of: ready.agent, solving: asked, task: task,
      options: SolveOptions(halts: true, keepsThoughts: true))
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    print(
      "\(model), trained on other puzzles and their symmetric copies, solves one it never saw:\n")
    print(film.text, terminator: "")
    print(
      "That took \(Figures.fixed(2, of: seconds)) s. Solve your own: reasongym solve \(model) PUZZLE\n"
    )
  }
}
