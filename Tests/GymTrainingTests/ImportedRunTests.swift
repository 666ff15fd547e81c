import Foundation
import Gym
import GymEvaluation
import GymTraining
import Testing

/// Runs that begin with weights from elsewhere.
@Suite struct ImportedRunTests {
  private static let earlier = ResourceUsage(cost: ComputeCost(flops: 1e6), seconds: 3600)

  /// A run of imported weights, which cost more than any budget here.
  private static func imported(_ test: TestRun) throws -> ToyAgent {
    var configuration = try test.configuration()
    let file = test.url("weights.file")
    try Data("weights".utf8).write(to: file)
    configuration.origin = try WeightsOrigin(of: file, training: earlier)
    let agent = ToyAgent(settings: test.settings, context: configuration.context)
    agent.fill(with: 0.25)
    try ImportedRun.write(configuration, agent: agent, to: test.url("run"), isReplacing: false)
    return agent
  }

  private static func resumed(
    _ test: TestRun, _ agent: ToyAgent, ranks: Ranks = .alone
  ) throws -> TrainingRun {
    var configuration = try RunConfiguration(
      contentsOf: test.url("run").appendingPathComponent("config.json"))
    configuration.budget = test.budget
    var test = test
    test.ranks = ranks
    configuration.context = try test.configuration().context
    return try TrainingRun(
      resuming: test.url("run"), configuration, agent: agent, split: test.data.split("train"))
  }

  private static func toy(_ test: TestRun) throws -> ToyAgent {
    ToyAgent(settings: test.settings, context: try test.configuration().context)
  }

  @Test("A budget is for what comes on top of what the weights cost", arguments: [true, false])
  func budgetIsForTheRun(isFlops: Bool) throws {
    var test = try TestRun()
    // A step costs 48 operations.
    test.budget = isFlops ? .flops(480) : .minutes(0.001)
    _ = try Self.imported(test)
    let agent = try Self.toy(test)
    let run = try Self.resumed(test, agent)
    #expect(try run.train(until: StopSignal()) { _ in } == .completed)
    #expect(isFlops ? agent.steps == 10 : agent.steps > 0)
    #expect(run.progress.cost.flops == 1e6 + 48 * Double(agent.steps))
  }

  @Test("All ranks begin with the imported weights")
  func ranksBeginAlike() throws {
    let test = try TestRun()
    let weights = try Self.imported(test).weights
    let found = try Ranks.threads(3) { ranks in
      let agent = try Self.toy(test)
      _ = try Self.resumed(test, agent, ranks: ranks)
      return agent.weights
    }
    #expect(found.allSatisfy { $0 == weights } && weights.contains(0.25))
  }

  @Test("A loss that is not finite at the first step keeps the imported weights")
  func firstStepFails() throws {
    var test = try TestRun()
    try test.settings.set("fails-at", to: "1")
    _ = try Self.imported(test)
    let run = try Self.resumed(test, Self.toy(test))
    #expect { try run.train(until: StopSignal()) { _ in } } throws: {
      "\($0)".contains("not finite") && "\($0)".contains(TestRun.name(0))
    }
    #expect(try test.checkpoints(of: "run") == [TestRun.name(0)])
  }

  @Test("A run with nothing left to train is refused, and its configuration stays as it was")
  func nothingIsLeft() throws {
    var test = try TestRun()
    _ = try test.create("done").train(until: StopSignal()) { _ in }
    let file = test.url("done").appendingPathComponent("config.json")
    let before = try Data(contentsOf: file)
    test.budget = .steps(20)
    #expect { try test.resume("done") } throws: {
      "\($0)".contains("the run has had 40 steps, and its budget of 20 steps is used up")
    }
    test.budget = .steps(40)
    try test.settings.set("silent-at", to: "3")
    #expect { try test.resume("done") } throws: { "\($0)".contains("nothing is left to train") }
    #expect(try Data(contentsOf: file) == before)
    test.budget = .steps(50)
    #expect(try test.resume("done").train(until: StopSignal()) { _ in } == .completed)
  }
}
