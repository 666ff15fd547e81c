import Datasets
import Foundation
import Gym
import Runner

/// The demo's puzzles, agent and course.
struct Demo {
  static let task = "sudoku-extreme"
  static let agent = "hrm"
  static let steps = 2800
  private static let taskSettings = ["size": "6", "clues": "22"]
  private static let preset = "tiny"
  private static let agentSettings = [
    "positions": "learned", "loss": "softmax", "max-segments": "4", "learning-rate": "0.002",
    "minimum-rate-ratio": "0.1", "warmup-steps": "100",
  ]
  private static let counts = ["train": 2000, "test": 400]
  private static let augmentations = 50

  private let out: URL
  private let steps: Int
  private let task: any Task
  private let agent: any LearningAgent.Type
  private let settings: Settings
  private let line = ProgressLine()

  init(out: URL, steps: Int) throws {
    self.out = out
    self.steps = steps
    task = try Catalogue.current.task(
      named: Self.task, settings: Self.taskSettings.map { "\($0)=\($1)" })
    agent = try Catalogue.current.learningAgent(named: Self.agent)
    var settings = Settings(agent.settings)
    try settings.apply(Self.preset, of: agent)
    for (name, value) in Self.agentSettings { try settings.set(name, to: value) }
    self.settings = settings
  }

  /// Makes the data, trains, scores, and shows a puzzle being solved.
  ///
  /// - Throws: `CancellationError` where somebody asked for a stop before the score.
  func run(until interruption: Interruption) throws {
    let data = try makeData(interruption)
    try train(on: data, interruption)
    let trained = try TrainedAgent(run: runFolder) { line.note("Warning: \($0)") }
    let evaluation = try Evaluation(
      task: task, split: data.split("test"), batchSize: trained.configuration.context.batchSize)
    let score = try evaluation.run(trained.agent) { done in
      line.update { "evaluating: \(done) of \(evaluation.count) puzzles" }
      return !interruption.isRequested
    }
    line.clear()
    if interruption.isRequested { throw CancellationError() }
    print("\nOne of the held-out puzzles, segment by segment:\n")
    print(try trained.solve(data.split("test").example(0), task: task).text)
    let title = "Held-out puzzles, none equivalent to a training one"
    print(score.text(title: title, width: Terminal.output.width), terminator: "")
  }

  private var runFolder: URL { out.appendingPathComponent("run") }

  private func makeData(_ interruption: Interruption) throws -> DatasetFolder {
    let url = out.appendingPathComponent("data")
    try checkIsOurs(url)
    var generator = DatasetGenerator(counts: Self.counts, seed: 1)
    generator.isDisjoint = true
    generator.augmentations = Self.augmentations
    try FileManager.default.createDirectory(at: out, withIntermediateDirectories: true)
    let control = WorkControl(
      workers: TrainingPlan.allWorkers, isCancelled: { interruption.isRequested },
      report: { progress in line.update { "making puzzles: \(progress.puzzles)" } })
    let task = self.task
    let manifest = try generator.generate(task, to: url, replaces: true, control: control)
    line.clear()
    for split in manifest.splits {
      print("Made \(split.groups) \(split.name) puzzles of \(task.id), \(task.grid).")
    }
    return try DatasetFolder(url)
  }

  /// Checks that a dataset that would be replaced is one of an earlier demo.
  private func checkIsOurs(_ url: URL) throws {
    guard FileManager.default.fileExists(atPath: url.path) else { return }
    let task = self.task
    guard try DatasetFolder(url).manifest?.subject == DatasetSubject(task) else {
      throw GymError(
        "there is a dataset that is not the demo's", at: url.path,
        remedy: "Name another folder by --out")
    }
  }

  private func train(on data: DatasetFolder, _ interruption: Interruption) throws {
    let plan = TrainingPlan(
      agent: agent, settings: settings, data: data, task: task, budget: .steps(steps))
    let run = try plan.start(in: runFolder, isReplacing: true)
    let display = TrainingDisplay(budget: run.configuration.budget)
    let end = try run.train(until: interruption) { display.show($0) }
    display.finish()
    print(display.closing(end, run: runFolder.relativePath))
    if end == .interrupted { throw CancellationError() }
  }
}
