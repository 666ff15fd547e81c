import Datasets
import Foundation
import Gym
import Runner

/// The demo's puzzles, agent and course.
struct Demo {
  static let task = "sudoku-extreme"
  static let agent = "hrm"
  static let minutes = 2.5
  private static let taskSettings = ["size": "4"]
  private static let preset = "tiny"
  private static let agentSettings: [String: String] = [:]
  private static let counts = ["train": 1000, "test": 200]

  private let out: URL
  private let task: any Task
  private let plan: Plan
  private let line = ProgressLine()

  private struct Plan {
    let agent: any LearningAgent.Type
    let settings: Settings
    let minutes: Double
  }

  init(out: URL, minutes: Double) throws {
    self.out = out
    let taskType = try Catalogue.current.task(named: Self.task)
    var taskSettings = Settings(taskType.settings)
    for (name, value) in Self.taskSettings { try taskSettings.set(name, to: value) }
    task = try taskType.init(settings: taskSettings)
    let agent = try Catalogue.current.learningAgent(named: Self.agent)
    var settings = Settings(agent.settings)
    try settings.apply(Self.preset, of: agent)
    for (name, value) in Self.agentSettings { try settings.set(name, to: value) }
    plan = Plan(agent: agent, settings: settings, minutes: minutes)
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
    var generator = DatasetGenerator(counts: Self.counts, seed: 1)
    generator.isDisjoint = true
    try FileManager.default.createDirectory(at: out, withIntermediateDirectories: true)
    let control = WorkControl(
      workers: TrainingPlan.allWorkers, isCancelled: { interruption.isRequested },
      report: { progress in line.update { "making puzzles: \(progress.puzzles)" } })
    let task = self.task
    let manifest = try generator.generate(task, to: url, replaces: true, control: control)
    line.clear()
    for split in manifest.splits {
      print("Made \(split.examples) \(split.name) puzzles of \(type(of: task).id), \(task.grid).")
    }
    return try DatasetFolder(url)
  }

  private func train(on data: DatasetFolder, _ interruption: Interruption) throws {
    let plan = TrainingPlan(
      agent: plan.agent, settings: plan.settings, data: data, task: task,
      budget: .minutes(plan.minutes))
    let run = try plan.start(in: runFolder, isReplacing: true)
    let display = TrainingDisplay(budget: run.configuration.budget)
    let end = try run.train(until: interruption) { display.show($0) }
    display.finish()
    print(display.closing(end, run: runFolder.relativePath))
    if end == .interrupted { throw CancellationError() }
  }
}
