import Foundation
import Gym
import GymDatasets
import GymJSON
import GymTraining
import Testing

/// Validation at fixed steps, and training that ends when the score stops improving.
@Suite struct EarlyStoppingTests {
  private static func test(patience: Int? = 3) throws -> TestRun {
    var test = try TestRun(splits: [
      "train": Array(repeating: [1, 1], count: 9), "test": [[1], [1]],
      "validation": Array(repeating: [1], count: 12),
    ])
    test.budget = .steps(600)
    test.validation = ValidationPlan(steps: 7, patience: patience)
    return test
  }

  /// The lines of metrics.jsonl, without times.
  private static func lines(of url: URL) throws -> [JSON] {
    let reader = try JSONLinesReader(contentsOf: url.appendingPathComponent("metrics.jsonl"))
    var lines: [JSON] = []
    while let line = try reader.next() {
      guard var object = line.object else { continue }
      object["seconds"] = nil
      if var score = object["validation"]?.object {
        score["solving"] = nil
        object["validation"] = .object(score)
      }
      lines.append(.object(object))
    }
    return lines
  }

  @Test("Training ends if validation does not improve")
  func trainingEndsWhenValidationGetsNoBetter() throws {
    let test = try Self.test()
    let run = try test.create("run", validates: true)
    var scores: [(step: Int, score: ValidationScore)] = []
    var last = 0
    let end = try run.train(until: StopSignal()) { event in
      switch event {
      case .validated(let score, let step): scores.append((step, ValidationScore(score)))
      case .stepped(_, let progress): last = progress.step
      default: break
      }
    }
    #expect(end == .stoppedEarly)
    #expect(scores.map(\.step) == Array(stride(from: 7, through: last, by: 7)))
    // The first of the best scores, three validations before the end.
    let best = try #require(scores.map(\.score).max())
    let first = try #require(scores.first { $0.score == best })
    #expect(last == first.step + 21 && last < 600)
    #expect(run.best?.step == first.step && run.best?.score == best)
    let kept = try #require(try run.folder.checkpoints.best())
    #expect(kept.step == first.step && kept.validation == best)
    let lines = try Self.lines(of: test.url("run")).filter { $0["validation"] != nil }
    #expect(lines.last?["validations"]?["stale"]?.integer == 3)
    #expect(lines.count == scores.count)
  }

  /// Kills before, at and after validations, checkpoints and the best score.
  @Test("A killed and resumed run stops early at the same step", arguments: [6, 14, 20, 34])
  func aKilledRunStopsWhereAnUninterruptedOneDoes(step: Int) throws {
    let test = try Self.test()
    let whole = try test.create("whole", validates: true)
    #expect(try whole.train(until: StopSignal()) { _ in } == .stoppedEarly)
    try test.trainAndKill("killed", after: step, validates: true)
    let killed = try test.resume("killed", validates: true)
    #expect(try killed.train(until: StopSignal()) { _ in } == .stoppedEarly)
    #expect(killed.best?.step == whole.best?.step)
    let names = try test.checkpoints(of: "whole")
    #expect(try test.checkpoints(of: "killed") == names)
    #expect(
      try Self.lines(of: test.url("killed")).last == Self.lines(of: test.url("whole")).last)
    for name in names {
      let files = ["whole", "killed"].map {
        test.url($0).appendingPathComponent("checkpoints/\(name)/agent/weights.json")
      }
      #expect(try Data(contentsOf: files[0]) == Data(contentsOf: files[1]))
    }
  }

  @Test("An interruption during a validation loses none of it")
  func anInterruptionAtAValidationLosesNoneOfIt() throws {
    let test = try Self.test()
    let whole = try test.create("whole", validates: true)
    _ = try whole.train(until: StopSignal()) { _ in }
    for step in [14, 15] {
      let name = "stopped-\(step)"
      let stopSignal = StopSignal()
      _ = try test.create(name, validates: true).train(until: stopSignal) { event in
        if case .stepped(_, let progress) = event, progress.step == step { stopSignal.request() }
      }
      let second = try test.resume(name, validates: true)
      #expect(try second.train(until: StopSignal()) { _ in } == .stoppedEarly)
      #expect(second.best?.step == whole.best?.step)
      #expect(try test.checkpoints(of: name).last == test.checkpoints(of: "whole").last)
    }
  }

  /// A step before the validation that is due would leave it out, and patience would count others.
  @Test("A second interruption takes no step past a validation that is still due")
  func aSecondInterruptionLosesNoValidation() throws {
    let test = try Self.test()
    _ = try test.create("whole", validates: true).train(until: StopSignal()) { _ in }
    try Self.interrupt(test, at: 14)
    let stopSignal = StopSignal()
    let end = try test.resume("run", validates: true).train(until: stopSignal) { event in
      switch event {
      case .started: stopSignal.request()
      case .stepped: Issue.record("a step was taken")
      default: break
      }
    }
    #expect(end == .interrupted)
    let third = try test.resume("run", validates: true)
    #expect(try third.train(until: StopSignal()) { _ in } == .stoppedEarly)
    #expect(try Self.validations(of: "run", test) == Self.validations(of: "whole", test))
    #expect(try test.checkpoints(of: "run") == test.checkpoints(of: "whole"))
  }

  /// The process is killed between the line in the log and the checkpoint that knows of it.
  @Test("A validation that is made again is logged once")
  func aRepeatedValidationIsLoggedOnce() throws {
    let test = try Self.test()
    _ = try test.create("whole", validates: true).train(until: StopSignal()) { _ in }
    try Self.interrupt(test, at: 14)
    let checkpoints = test.url("run").appendingPathComponent("checkpoints")
    try FileManager.default.copyItem(at: checkpoints, to: test.url("before"))
    let stopSignal = StopSignal()
    _ = try test.resume("run", validates: true).train(until: stopSignal) { event in
      if case .validated = event { stopSignal.request() }
    }
    try FileManager.default.removeItem(at: checkpoints)
    try FileManager.default.moveItem(at: test.url("before"), to: checkpoints)
    _ = try test.resume("run", validates: true).train(until: StopSignal()) { _ in }
    #expect(try Self.validations(of: "run", test) == Self.validations(of: "whole", test))
  }

  /// Starts the run "run" and stops it at a step, before a validation that is due there.
  private static func interrupt(_ test: TestRun, at step: Int) throws {
    let stopSignal = StopSignal()
    let end = try test.create("run", validates: true).train(until: stopSignal) { event in
      if case .stepped(_, let progress) = event, progress.step == step { stopSignal.request() }
    }
    #expect(end == .interrupted)
  }

  /// The lines of metrics.jsonl about validations.
  private static func validations(of name: String, _ test: TestRun) throws -> [JSON] {
    try lines(of: test.url(name)).filter { $0["validation"] != nil }
  }

  /// The weights are saved before the failure is reported; only the score is lost.
  @Test("A failed validation loses no training step", arguments: [7, nil])
  func aValidationThatFailsLosesNoStep(every: Int?) throws {
    var test = try Self.test(patience: nil)
    test.validation.steps = every
    test.checkpoints = CheckpointInterval(steps: every == nil ? 14 : 100, minutes: nil)
    try test.settings.set("silent-at", to: "14")
    #expect {
      try test.create("run", validates: true).train(until: StopSignal()) { _ in }
    } throws: {
      "\($0)".contains("silent")
    }
    #expect(try test.checkpoints(of: "run").last == TestRun.name(14))
  }

  /// Saving comes first: a requested stop does not wait for a validation.
  @Test("A requested stop does not wait for a validation", arguments: [7, nil])
  func aStopDoesNotWaitForAValidation(every: Int?) throws {
    var test = try Self.test(patience: nil)
    test.validation.steps = every
    test.checkpoints = CheckpointInterval(steps: 100, minutes: nil)
    let stopSignal = StopSignal()
    let end = try test.create("run", validates: true).train(until: stopSignal) { event in
      switch event {
      case .stepped(_, let progress) where progress.step == 14: stopSignal.request()
      case .validated(_, let step): #expect(step == 7)
      default: break
      }
    }
    #expect(end == .interrupted)
    #expect(try test.checkpoints(of: "run") == (every == nil ? [14] : [7, 14]).map(TestRun.name))
  }

  @Test("A run that stopped early resumes only with more patience")
  func aRunThatStoppedGoesOnOnlyWithMorePatience() throws {
    var test = try Self.test()
    _ = try test.create("run", validates: true).train(until: StopSignal()) { _ in }
    let again = try test.resume("run", validates: true).train(until: StopSignal()) { event in
      if case .stepped = event { Issue.record("a step was taken") }
    }
    #expect(again == .stoppedEarly)
    test.validation.patience = 5
    var steps = 0
    let longer = try test.resume("run", validates: true).train(until: StopSignal()) { event in
      if case .stepped = event { steps += 1 }
    }
    #expect(longer == .stoppedEarly && steps >= 14)
  }

  @Test("A run resumes only with the validation puzzles that it began with")
  func anotherValidationSplitIsRefused() throws {
    let rows = Array(repeating: [1, 1], count: 7)
    let test = try TestRun(splits: ["train": rows, "validation": [[1], [1]]])
    let other = try TestDataset.write(
      ["train": rows, "validation": [[1], [1], [1]]], to: test.url("other"))
    let url = test.url("run")
    let plan = TrainingPlan(
      agent: ToyAgent.self, settings: test.settings, data: test.data, task: ToyTask(),
      budget: .steps(10), workers: 1)
    _ = try plan.start(in: url).train(until: StopSignal()) { _ in }
    let file = url.appendingPathComponent("config.json")
    func resume(_ data: Dataset) throws {
      let configuration = try RunConfiguration(contentsOf: file)
      _ = try TrainingPlan.resume(url, configuration, data: data, task: ToyTask()) {
        ToyAgent(settings: test.settings, context: $0)
      }
    }
    #expect { try resume(other) } throws: { "\($0)".contains("not the validation examples") }
    try resume(test.data)
    // A run of an earlier version does not know its split, and takes the first that it gets.
    var object = try #require(JSON(contentsOf: file).object)
    object["validation-sha256"] = nil
    try JSON.object(object).write(to: file)
    try resume(other)
    #expect { try resume(test.data) } throws: { "\($0)".contains("not the validation examples") }
  }

  @Test("Impossible validation plans are rejected")
  func whatCannotBeValidatedIsRefused() throws {
    var test = try Self.test()
    #expect { try test.create("run") } throws: { "\($0)".contains("\"validation\"") }
    let configuration = try test.configuration()
    #expect {
      try TrainingRun(
        creating: test.url("run"), configuration,
        agent: ToyAgent(settings: test.settings, context: configuration.context),
        split: test.data.split("train"), validation: test.evaluation("test"))
    } throws: { "\($0)".contains("steered by the test split") }
    test.validation.steps = nil
    #expect { try test.create("run", validates: true) } throws: {
      "\($0)".contains("--validate-steps")
    }
    #expect(!FileManager.default.fileExists(atPath: test.url("run").path))
  }

  @Test("Costs add up over interruptions")
  func costsAddUpOverInterruptions() throws {
    var test = try Self.test(patience: nil)
    test.budget = .steps(50)
    try test.trainAndKill("run", after: 33, validates: true)
    let run = try test.resume("run", validates: true)
    _ = try run.train(until: StopSignal()) { _ in }
    let newest = try #require(try run.folder.checkpoints.newest { _ in })
    #expect(newest.step == 50)
    #expect(newest.training.cost == ComputeCost(flops: 50 * 48, passes: 50 * 4))
  }

  /// Runs from before validation plans and usage reports can be continued.
  @Test("Runs of earlier versions are read")
  func filesOfEarlierRunsAreRead() throws {
    let test = try TestRun()
    _ = try test.create("run").train(until: StopSignal()) { _ in }
    var object = try #require(test.configuration().json.object)
    object["validation"] = nil
    let file = test.url("old.json")
    try JSON.object(object).write(to: file)
    #expect(try RunConfiguration(contentsOf: file).validation == ValidationPlan())
    object["validation"] = ["steps": 0]
    try JSON.object(object).write(to: file)
    #expect(throws: GymError.self) { try RunConfiguration(contentsOf: file) }
  }

  /// A puzzle whose right answer is unknown has no score, but it is asked.
  @Test("A validation is whole if some right answers are not known")
  func unknownAnswersDoNotEndTheRun() throws {
    var test = try Self.test(patience: nil)
    test.budget = .steps(30)
    _ = try TestDataset.forgetLastAnswer(of: "validation", in: test.data)
    let run = try test.create("run", validates: true)
    var validated: [Int] = []
    let end = try run.train(until: StopSignal()) { event in
      if case .validated(let score, let step) = event {
        #expect(score.unknown == 1 && score.asked == 12)
        validated.append(step)
      }
    }
    #expect(end == .completed && validated == [7, 14, 21, 28])
  }
}
