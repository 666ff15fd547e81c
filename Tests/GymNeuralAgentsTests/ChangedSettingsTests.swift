import Foundation
import Gym
import GymJSON
import GymNeuralAgents
import GymSafeTensors
import GymTestSupport
import Testing

/// A run that goes on with other settings than it began with.
@Suite struct ChangedSettingsTests {
  private func trained(_ values: [String: String], in folder: URL) throws -> HRM {
    let agent = try Toys.agent(HRM.self, values)
    for step in 0..<3 { _ = try agent.learn(from: Toys.batch(step)) }
    try agent.save(to: folder)
    return agent
  }

  @Test("Without its average, a run goes on with the weights that learned, not with their average")
  func averageIsLeftOut() throws {
    try withTemporaryFolder { folder in
      let agent = try trained(["weight-average": "0.9"], in: folder)
      let resumed = try Toys.agent(HRM.self)
      try resumed.restore(from: folder, forTraining: true)
      for (ours, theirs) in zip(resumed.parameters, agent.parameters) {
        #expect(ours.value.values == theirs.value.values, "\(ours.name)")
      }
    }
  }

  @Test("An average that is added starts from the weights")
  func averageIsAdded() throws {
    try withTemporaryFolder { folder in
      let agent = try trained([:], in: folder)
      let resumed = try Toys.agent(HRM.self, ["weight-average": "0.9"])
      try resumed.restore(from: folder, forTraining: true)
      let questions = Toys.batch(9).questions
      #expect(
        try resumed.solve(questions, options: SolveOptions())
          == agent.solve(questions, options: SolveOptions()))
      #expect(try resumed.learn(from: Toys.batch(3)) == agent.learn(from: Toys.batch(3)))
    }
  }

  @Test("A run keeps how the blocks of its network end")
  func endingIsFixed() {
    #expect(DeepThinking.fixedSettings.contains("ending"))
  }

  @Test("Puzzles that had more segments than are now allowed end with their next")
  func fewerSegments() throws {
    try withTemporaryFolder { folder in
      _ = try trained(["max-segments": "16", "exploration": "1"], in: folder)
      let resumed = try Toys.agent(HRM.self, ["max-segments": "2"])
      try resumed.restore(from: folder, forTraining: true)
      #expect(try resumed.learn(from: Toys.batch(3)).finished == 5)
    }
  }
}
