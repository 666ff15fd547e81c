import Foundation
import Gym
import GymJSON
import GymTestSupport
import GymTraining
import Testing

@Suite struct TrainingRunTests {
  @Test("A finished run leaves the documented files")
  func aRunLeavesItsFolderInOrder() throws {
    let test = try TestRun()
    var steps: [Int] = []
    var saved: [Int] = []
    let run = try test.create("run")
    _ = try run.train(until: StopSignal()) { event in
      switch event {
      case .stepped(_, let progress): steps.append(progress.step)
      case .saved(_, let step): saved.append(step)
      default: break
      }
    }
    #expect(steps == Array(1...40))
    #expect(saved == [10, 20, 30, 40])
    #expect(try test.checkpoints(of: "run") == [TestRun.name(30), TestRun.name(40)])
    #expect(try test.metrics(of: "run").map { $0[0] } == [10, 20, 30, 40])
    let written = try RunConfiguration(contentsOf: run.folder.configurationFile)
    #expect(try written.json == test.configuration().json)
  }

  @Test("An existing run is replaced only with --force")
  func aRunIsOnlyReplacedByForce() throws {
    let test = try TestRun()
    _ = try test.create("run").train(until: StopSignal()) { _ in }
    let note = test.url("run").appendingPathComponent("notes.txt")
    try Data("mine".utf8).write(to: note)
    #expect { try test.create("run") } throws: { "\($0)".contains("--force") }
    #expect(try test.checkpoints(of: "run").count == 2)
    _ = try test.create("run", force: true)
    #expect(try test.checkpoints(of: "run").isEmpty)
    #expect(try test.metrics(of: "run").isEmpty)
    #expect(FileManager.default.fileExists(atPath: note.path))
  }

  @Test("A folder that is not a run is left alone")
  func aFolderOfSomethingElseIsLeftAlone() throws {
    let test = try TestRun()
    let other = test.url("other").appendingPathComponent("checkpoints")
    try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: other.appendingPathComponent("notes.txt"))
    #expect { try test.create("other", force: true) } throws: {
      "\($0)".contains("checkpoints is here")
    }
    #expect(FileManager.default.fileExists(atPath: other.path))
  }

  @Test("Two processes cannot train the same run")
  func twoProcessesDoNotTrainOneRun() throws {
    let test = try TestRun()
    let run = try test.create("run")
    #expect { try test.resume("run") } throws: { "\($0)".contains("another process") }
    #expect { try test.create("run", force: true) } throws: { "\($0)".contains("another process") }
    withExtendedLifetime(run) {}
  }

  @Test("A loss that is not finite keeps the last good checkpoint")
  func anEndlessLossKeepsTheLastGoodCheckpoint() throws {
    var test = try TestRun()
    try test.settings.set("fails-at", to: "25")
    #expect { try test.create("run").train(until: StopSignal()) { _ in } } throws: {
      let text = "\($0)"
      return text.contains("step 25") && text.contains("not finite")
        && text.contains(TestRun.name(20))
    }
    #expect(try test.checkpoints(of: "run") == [TestRun.name(10), TestRun.name(20)])
    #expect(try test.metrics(of: "run").map { $0[0] } == [10, 20, 24])
  }

  @Test("A checkpoint saved just before a non-finite loss is discarded")
  func aCheckpointJustBeforeAnEndlessLossIsNotAGoodOne() throws {
    var test = try TestRun()
    try test.settings.set("fails-at", to: "21")
    #expect { try test.create("run").train(until: StopSignal()) { _ in } } throws: {
      "\($0)".contains(TestRun.name(10))
    }
    #expect(try test.checkpoints(of: "run") == [TestRun.name(10)])
  }

  @Test("A failed checkpoint leaves no file behind")
  func aCheckpointThatCannotBeWrittenLeavesNothingBehind() throws {
    var test = try TestRun()
    try test.settings.set("unsaved-at", to: "20")
    #expect { try test.create("run").train(until: StopSignal()) { _ in } } throws: {
      let text = "\($0)"
      return text.contains("No space left") && text.contains(TestRun.name(10))
    }
    #expect(try test.checkpoints(of: "run") == [TestRun.name(10)])
  }

  @Test("A folder that cannot be created is a clear error")
  func aFolderThatCannotBeMadeIsAClearError() throws {
    let test = try TestRun()
    try Data().write(to: test.url("file"))
    #expect { try test.create("file/run") } throws: {
      "\($0)".contains("cannot be made") && "\($0)".contains("file/run")
    }
  }

  @Test("The checkpoint with the best validation score is kept")
  func theBestOnValidationIsKept() throws {
    var test = try TestRun(
      splits: ["train": Array(repeating: [1, 1], count: 7), "validation": [[1], [1], [1], [1]]])
    test.checkpoints.steps = 4
    let run = try test.create("run", validates: true)
    var scores: [Int: Double] = [:]
    _ = try run.train(until: StopSignal()) { event in
      if case .validated(let score, let step) = event { scores[step] = score.exactAccuracy }
    }
    #expect(scores.count == 10)
    let best = try #require(try run.folder.checkpoints.best())
    #expect(scores[best.step] == scores.values.max())
    #expect(try test.checkpoints(of: "run").count <= 3)
  }

  @Test("Configurations are read back unchanged, hostile ones are rejected")
  func configurationsReadBackAndHostileOnesAreRefused() throws {
    let test = try TestRun()
    let file = test.url("config.json")
    let good = try test.configuration()
    try good.json.write(to: file)
    #expect(try RunConfiguration(contentsOf: file).json == good.json)
    let changes: [(String, JSON)] = [
      ("format", 2), ("agent", "toy"), ("context", []), ("context", ["batch": -1]),
      ("budget", ["steps": 0]), ("data", .null), ("checkpoints", ["steps": 1.5]),
    ]
    for (name, value) in changes {
      var object = try #require(good.json.object)
      object[name] = value
      try JSON.object(object).write(to: file)
      #expect(throws: GymError.self, "\(name): \(value)") { try RunConfiguration(contentsOf: file) }
    }
    #expect { try good.settings(of: OtherAgent.self) } throws: { "\($0)".contains("toy@1") }
  }

  @Test("Epochs are converted to steps as in the released code")
  func epochsAreStepsAsTheReleasedCodeCountsThem() throws {
    let test = try TestRun(splits: ["train": [[1, 1], [1, 3], [2, 1], [1, 1]]])
    let split = try test.data.split("train")
    // 4 groups × 11/8 examples of a puzzle × 10 epochs / 6 = 9.17
    #expect(Budget.epochs(10).plannedSteps(split, batchSize: 6) == 9)
    #expect(Budget.epochs(1).plannedSteps(split, batchSize: 600) == 1)
    #expect(Budget.minutes(1).plannedSteps(split, batchSize: 6) == nil)
  }

  /// The second puzzle is of a held-out question: nothing of it is drawn.
  @Test("With demonstrations, epochs count only the groups that are drawn from")
  func epochsAreOfTheDrawnGroups() throws {
    try withTemporaryFolder { folder in
      let data = try TestDataset.write(
        ["train": [[3], [6], [2]]], demonstrations: [2, 6, 1],
        to: folder.appendingPathComponent("data"))
      let split = try data.split("train")
      for (demonstrations, groups) in [(2, [0, 2]), (0, nil)] as [(Int, [Int]?)] {
        let settings = Settings(
          Setting.list(
            Setting.integer("demonstrations", "", default: demonstrations, in: 0...16)))
        #expect(try TrainingDefaults.groups(settings, of: split) == groups)
        let plan = TrainingPlan(
          agent: ToyAgent.self, settings: settings, data: data, task: ToyTask(),
          budget: .epochs(32), workers: 1)
        // 2 groups × 5/2 examples or 3 groups × 11/3, × 32 epochs / 32
        #expect(try plan.configuration().context.plannedSteps == (groups == nil ? 11 : 5))
      }
    }
  }
}

@Suite struct TrainingPlanTests {
  @Test("A dataset of other cells than the task's is an error before the agent is made")
  func dataThatDoesNotFit() throws {
    let test = try TestRun()
    var task = ToyTask()
    task.grid = GridShape(rows: 1, columns: 4)
    let plan = TrainingPlan(
      agent: ToyAgent.self, settings: test.settings, data: test.data, task: task,
      budget: .steps(4), workers: 1)
    #expect { try plan.configuration() } throws: { "\($0)".contains("6 cells") }
  }
}

private final class OtherAgent: Agent {
  static let id = PluginID("other", version: 1)
  static let summary = ""
  static let settings: [Setting] = []
  init(settings: Settings, context: AgentContext) {}
  func solve(_ questions: QuestionBatch, options: SolveOptions) -> [Prediction] { [] }
}
