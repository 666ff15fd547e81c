import Foundation
import Gym
import GymEvaluation
import GymJSON
import GymReports
import GymTraining
import Testing

@Suite struct ComparisonTests {
  private let test: TestRun

  init() throws {
    test = try TestRun(splits: [
      "train": Array(repeating: [1, 1], count: 7), "test": Array(repeating: [1], count: 40),
    ])
  }

  private func plan(
    budget: Budget = .steps(30), seeds: [UInt64] = [1, 2], labels: [String] = ["toy", "other"]
  ) throws -> ComparisonPlan {
    let learning = labels.map {
      ComparisonParticipant($0, learning: ToyAgent.self, settings: Settings(ToyAgent.settings))
    }
    let right = RuledAgent { Prediction(answer: RuledAgent.right($0)) }
    return try ComparisonPlan(
      participants: learning + [ComparisonParticipant("right", ready: right, configuration: [])],
      data: test.data, budget: budget, seeds: seeds,
      evaluation: Evaluation(task: ToyTask(), split: test.data.split("test")), workers: 1)
  }

  private func compare(
    _ name: String, _ plan: ComparisonPlan, _ opening: Comparison.Opening = .new,
    until stopSignal: StopSignal = StopSignal(),
    report: (ComparisonEvent) -> Void = { _ in }
  ) throws -> ComparisonSummary? {
    try Comparison(in: test.url(name), plan, opening: opening)
      .run(until: stopSignal, report: report)
  }

  private func facts(_ summary: ComparisonSummary) -> [[Double]] {
    summary.rows.map { row in
      [row.accuracy.mean] + row.results.flatMap { [$0.tally.share, Double($0.steps)] }
    }
  }

  /// For example, an agent that was refused before its first step.
  @Test("A comparison without a first step is replaced by the next, whatever it is")
  func emptyComparisonIsReplaced() throws {
    for (name, opening) in [("new", Comparison.Opening.new), ("resumed", .resuming)] {
      _ = try Comparison(in: test.url(name), plan(seeds: [3]), opening: .new)
      #expect(try compare(name, plan(seeds: [1]), opening)?.rows.count == 3)
      #expect { try compare(name, plan(seeds: [2])) } throws: { "\($0)".contains("already") }
    }
  }

  @Test("Every participant has a run per seed, and a row in the table")
  func everyParticipantHasItsRunsAndItsRow() throws {
    var names: [String] = []
    let summary = try #require(
      try compare("whole", plan()) { event in
        if case .began(let entry) = event { names.append(entry.name) }
      })
    #expect(names == ["toy-1", "other-1", "right", "toy-2", "other-2"])
    #expect(summary.rows.map(\.label) == ["toy", "other", "right"])
    #expect(summary.rows.map(\.results.count) == [2, 2, 1])
    // The same agent under the same seeds on the same data: the same results.
    #expect(facts(summary)[0] == facts(summary)[1])
    #expect(summary.rows[2].accuracy.mean == 1)
    #expect(summary.rows[0].results.map(\.tally.count) == [40, 40])
    let usage = summary.rows[0].results[0].usage
    #expect(usage.training?.cost.flops == 11_520)
    #expect(usage.parameters == 150)
    #expect(summary.rows[2].results[0].usage.solving.cost.flops == 40)
    #expect(summary.rows[0].accuracy.standardDeviation != nil)
    let json = try JSON(contentsOf: test.url("whole/summary.json"))
    #expect(json["contestants"]?[0]?["accuracy"]?["mean"]?.number == summary.rows[0].accuracy.mean)
    for name in names {
      let lines = try String(
        contentsOf: test.url("whole/runs/\(name)/predictions.jsonl"), encoding: .utf8)
      #expect(lines.split(separator: "\n").count == 40)
    }
  }

  @Test("An interrupted comparison resumes to the same results", arguments: [5, 17])
  func anInterruptedComparisonGoesOnAndEndsTheSame(step: Int) throws {
    let plan = try plan(labels: ["toy"])
    let whole = try #require(try compare("whole", plan))
    let stopSignal = StopSignal()
    let stopped = try compare("stopped", plan, until: stopSignal) { event in
      if case .training(let entry, .stepped(_, let progress), _) = event, entry.name == "toy-2",
        progress.step == step
      {
        stopSignal.request()
      }
    }
    #expect(stopped == nil)
    var (earlier, started) = ([String](), [String: Int]())
    let summary = try #require(
      try compare("stopped", plan, .resuming) { event in
        switch event {
        case .finished(let entry, _, true): earlier.append(entry.name)
        case .training(let entry, .started(let progress, _), _):
          started[entry.name] = progress.step
        default: break
        }
      })
    #expect(earlier == ["toy-1", "right"])
    #expect(started == ["toy-2": step])
    #expect(facts(summary) == facts(whole))
    // A second time: nothing is left to do.
    let again = try compare("stopped", plan, .resuming) { event in
      if case .began = event { Issue.record("something was done twice") }
    }
    #expect(try facts(#require(again)) == facts(whole))
  }

  @Test("A comparison with another plan is not resumed")
  func anotherComparisonIsNotGoneOnWith() throws {
    _ = try compare("run", plan(budget: .steps(3), seeds: [1]))
    #expect { try compare("run", plan(budget: .steps(3), seeds: [1])) } throws: {
      "\($0)".contains("--resume")
    }
    #expect { try compare("run", plan(budget: .steps(31), seeds: [2]), .resuming) } throws: {
      "\($0)".contains("budget") && "\($0)".contains("seeds")
    }
    _ = try compare("run", plan(budget: .steps(2), seeds: [3]), .replacing)
    let runs = try FileManager.default.contentsOfDirectory(atPath: test.url("run/runs").path)
    #expect(runs.sorted() == ["other-3", "right", "toy-3"])
    let note = test.url("mine/runs")
    try FileManager.default.createDirectory(at: note, withIntermediateDirectories: true)
    #expect { try compare("mine", plan(), .replacing) } throws: { "\($0)".contains("compare.json") }
  }

  @Test("Floating-point operations can be the budget")
  func operationsAreABudget() throws {
    // A step counts 2 · 32 · 6 = 384 operations: 30 of them reach 11 500.
    let summary = try #require(
      try compare("run", plan(budget: .flops(11_500), seeds: [4], labels: ["toy"])))
    #expect(summary.rows[0].results[0].steps == 30)
    let file = test.url("run/runs/toy-4/config.json")
    let configuration = try RunConfiguration(contentsOf: file)
    #expect(configuration.budget == .flops(11_500))
    // An agent that counts none sees everything once: 7 groups of one example in batches of 32.
    let plan = try ComparisonPlan(
      participants: [
        ComparisonParticipant("silent", learning: SilentAgent.self, settings: Settings([]))
      ],
      data: test.data, budget: .flops(5), seeds: [1], evaluation: plan().evaluation, workers: 1)
    #expect(try compare("silent", plan)?.rows[0].results[0].steps == 1)
  }

  @Test("The estimated time covers all remaining runs")
  func theTimeLeftIsOverAllThatIsLeft() throws {
    var left: [Double] = []
    _ = try compare("run", plan(budget: .minutes(0.005), seeds: [1, 2])) { event in
      if case .training(_, .stepped, let seconds?) = event { left.append(seconds) }
    }
    // Four runs of 0.3 seconds each, of which three have not begun, whatever the first step takes.
    let first = try #require(left.first)
    #expect(first > 0.6 && first < 2)
    #expect(try #require(left.last) < 0.3)
  }

  @Test("Learning curves are read from the runs")
  func curvesAreReadFromTheRuns() throws {
    let comparison = try Comparison(
      in: test.url("run"), plan(seeds: [1], labels: ["toy"]), opening: .new)
    _ = try comparison.run(until: StopSignal()) { _ in }
    let points = try LearningCurve.points(metrics: test.url("run/runs/toy-1/metrics.jsonl"))
    let curve = LearningCurve.accuracies(of: points)
    #expect(Set([10, 20, 30]).isSubset(of: curve.points.map(\.point.step)))
    #expect(points.allSatisfy { $0.flops == Double($0.step) * 384 })
    #expect(!curve.isValidation)
    let file = try comparison.curves()
    let chart = try #require(file.chart as? LineChart)
    #expect(chart.lines.count == 2)
    #expect(chart.xTitle == "Training steps")
    let x = chart.lines[0].points.map(\.x)
    #expect(x.first == 0 && x.last == 30 && x == x.sorted())
    #expect(file.text.contains("Learning curves"))
  }

  @Test("Invalid plans are rejected")
  func plansThatMakeNoSenseAreRefused() throws {
    #expect { try plan(labels: ["toy", "toy"]) } throws: { "\($0)".contains("LABEL=AGENT") }
    #expect { try plan(labels: ["../toy"]) } throws: { "\($0)".contains("cannot name a folder") }
    #expect { try plan(seeds: []) } throws: { "\($0)".contains("seeds") }
    #expect { try plan(seeds: [2, 2]) } throws: { "\($0)".contains("seeds") }
  }
}

/// An agent that learns nothing and counts nothing.
private final class SilentAgent: LearningAgent {
  static let id = PluginID("silent", version: 1)
  static let summary = ""
  static let settings: [Setting] = []
  static let countsOperations = false
  private(set) var steps = 0

  init(settings: Settings, context: AgentContext) {}

  func learn(from batch: TrainingBatch) -> StepReport {
    steps += 1
    var report = StepReport()
    report.steps = 1
    return report
  }

  func solve(_ questions: QuestionBatch, options: SolveOptions) -> [Prediction] {
    (0..<questions.count).map { _ in Prediction(answer: nil, failure: "knows nothing") }
  }

  func save(to folder: URL) throws {
    try Data("\(steps)".utf8).write(to: folder.appendingPathComponent("steps"))
  }

  func restore(from folder: URL, forTraining: Bool) {}
}
