import Foundation
import Gym
import GymJSON
import GymTraining
import Testing

@Suite struct ResumeTests {
  @Test(
    "A run killed at any step ends with the weights of an uninterrupted one",
    arguments: [3, 10, 11, 25, 39])
  func aKilledRunEndsWithTheWeightsOfAnUninterruptedOne(step: Int) throws {
    let test = try TestRun()
    #expect(try test.create("whole").train(until: StopSignal()) { _ in } == .completed)
    try test.trainAndKill("killed", after: step)
    var start: Int?
    let end = try test.resume("killed").train(until: StopSignal()) { event in
      if case .started(let progress, _) = event { start = progress.step }
    }
    #expect(end == .completed)
    #expect(start == (step - 1) / 10 * 10)
    #expect(try test.weights(of: "killed") == test.weights(of: "whole"))
    #expect(try test.metrics(of: "killed") == test.metrics(of: "whole"))
    #expect(try test.checkpoints(of: "killed") == [TestRun.name(30), TestRun.name(40)])
  }

  /// A checkpoint that replaces another of the same step has no name for a moment.
  @Test("A complete checkpoint that was not renamed yet is used")
  func aWholeCheckpointThatLacksItsNameIsUsed() throws {
    let test = try TestRun()
    _ = try test.create("run").train(until: StopSignal()) { _ in }
    let folder = test.url("run").appendingPathComponent("checkpoints")
    try FileManager.default.moveItem(
      at: folder.appendingPathComponent(TestRun.name(40)),
      to: folder.appendingPathComponent(".writing-" + TestRun.name(40)))
    #expect(try test.resume("run").best == nil)
    #expect(try test.checkpoints(of: "run") == [TestRun.name(30), TestRun.name(40)])
  }

  /// The result of a validation at the start is saved at once, so a run killed after it does not
  /// repeat it.
  @Test("A validation skipped by a stop is made once after resuming")
  func aValidationThatAStopLeftIsMadeOnce() throws {
    let rows = Array(repeating: [1, 1], count: 7)
    var test = try TestRun(splits: ["train": rows, "validation": rows])
    test.validation = ValidationPlan(steps: 10, patience: nil)
    func train(_ run: TrainingRun, until step: Int) throws -> [Int] {
      let stopSignal = StopSignal()
      var validated: [Int] = []
      _ = try run.train(until: stopSignal) { event in
        if case .stepped(_, let progress) = event, progress.step == step { stopSignal.request() }
        if case .validated(_, let step) = event { validated.append(step) }
      }
      return validated
    }
    #expect(try train(test.create("run", validates: true), until: 20) == [10])
    #expect(try train(test.resume("run", validates: true), until: 21) == [20])
    let last = test.url("run").appendingPathComponent("checkpoints/" + TestRun.name(21))
    try FileManager.default.removeItem(at: last)
    #expect(try train(test.resume("run", validates: true), until: 21) == [])
  }

  /// The first fails at once, the second just after its only checkpoint, which is no good one.
  @Test("A change of settings that fails is taken back, and deletes nothing", arguments: [41, 51])
  func aChangeThatFailsIsTakenBack(step: Int) throws {
    var test = try TestRun()
    _ = try test.create("run").train(until: StopSignal()) { _ in }
    let file = test.url("run").appendingPathComponent("config.json")
    let before = try Data(contentsOf: file)
    test.budget = .steps(60)
    try test.settings.set("fails-at", to: "\(step)")
    #expect { try test.resume("run").train(until: StopSignal()) { _ in } } throws: {
      "\($0)".contains(TestRun.name(40)) && "\($0)".contains("taken back")
    }
    #expect(try test.checkpoints(of: "run").last == TestRun.name(40))
    #expect(try Data(contentsOf: file) == before)
    try test.settings.set("fails-at", to: "0")
    #expect(try test.resume("run").train(until: StopSignal()) { _ in } == .completed)
  }

  @Test("A change of settings that has led to a good checkpoint stays")
  func aChangeWithACheckpointStays() throws {
    var test = try TestRun()
    _ = try test.create("run").train(until: StopSignal()) { _ in }
    test.budget = .steps(60)
    try test.settings.set("fails-at", to: "55")
    #expect { try test.resume("run").train(until: StopSignal()) { _ in } } throws: {
      "\($0)".contains(TestRun.name(50)) && !"\($0)".contains("taken back")
    }
    let file = test.url("run").appendingPathComponent("config.json")
    #expect(try JSON(contentsOf: file)["settings"]?["fails-at"] == 55)
  }

  @Test("An interrupted run saves and resumes")
  func anInterruptedRunSavesAndGoesOn() throws {
    let test = try TestRun()
    _ = try test.create("whole").train(until: StopSignal()) { _ in }
    let stopSignal = StopSignal()
    let end = try test.create("stopped").train(until: stopSignal) { event in
      if case .stepped(_, let progress) = event, progress.step == 17 { stopSignal.request() }
    }
    #expect(end == .interrupted)
    #expect(try test.checkpoints(of: "stopped").last == TestRun.name(17))
    #expect(try test.resume("stopped").train(until: StopSignal()) { _ in } == .completed)
    #expect(try test.weights(of: "stopped") == test.weights(of: "whole"))
  }

  @Test(
    "A damaged checkpoint is reported, and the previous one is used",
    arguments: ["state.json", "manifest.json", "agent/weights.json"])
  func aDamagedCheckpointIsReportedAndTheOneBeforeUsed(file: String) throws {
    let test = try TestRun()
    _ = try test.create("run").train(until: StopSignal()) { _ in }
    let weights = try test.weights(of: "run")
    let url = test.url("run").appendingPathComponent("checkpoints/\(TestRun.name(40))/\(file)")
    var bytes = try Data(contentsOf: url)
    bytes[bytes.count / 2] ^= 4
    try bytes.write(to: url)
    var damaged: [String] = []
    let end = try test.resume("run").train(until: StopSignal()) { event in
      if case .foundDamage(let damage) = event { damaged.append(damage.folder.lastPathComponent) }
    }
    #expect(end == .completed)
    #expect(damaged == [TestRun.name(40)])
    #expect(try test.weights(of: "run") == weights)
    #expect(try test.checkpoints(of: "run").first == "damaged-" + TestRun.name(40))
  }

  @Test("A run without a complete checkpoint is rejected")
  func aRunWithoutOneWholeCheckpointIsRefused() throws {
    let test = try TestRun()
    _ = try test.create("run").train(until: StopSignal()) { _ in }
    for step in [30, 40] {
      try FileManager.default.removeItem(
        at: test.url("run").appendingPathComponent("checkpoints/\(TestRun.name(step))/state.json"))
    }
    #expect { try test.resume("run") } throws: { "\($0)".contains("every checkpoint is damaged") }
  }

  @Test("A finished run takes no further step")
  func aRunThatIsDoneTakesNoStep() throws {
    let test = try TestRun()
    _ = try test.create("run").train(until: StopSignal()) { _ in }
    let weights = try test.weights(of: "run")
    let end = try test.resume("run").train(until: StopSignal()) { event in
      if case .stepped = event { Issue.record("a step was taken") }
    }
    #expect(end == .completed)
    #expect(try test.weights(of: "run") == weights)
  }

  @Test("Training time is kept over interruptions")
  func timeIsKeptOverInterruptions() throws {
    var test = try TestRun()
    test.budget = .minutes(0.02)
    let stopSignal = StopSignal()
    var first = 0.0
    _ = try test.create("run").train(until: stopSignal) { event in
      if case .stepped(_, let progress) = event, progress.seconds > 0.6 {
        first = progress.seconds
        stopSignal.request()
      }
    }
    var second: Double?
    let end = try test.resume("run").train(until: StopSignal()) { event in
      if case .started(let progress, _) = event { second = progress.seconds }
    }
    #expect(end == .completed)
    #expect(try #require(second) >= first)
    #expect(try #require(second) < 1.2)
  }
}
