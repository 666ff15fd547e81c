import Foundation
import GymNeuralAgents
import GymTestSupport
import Testing

/// HRM's own states; `NeuralAgentTests` has what it shares with the other neural agents.
@Suite struct HRMTests {
  @Test("Training repeats bit for bit under the same seed", arguments: ["f32", "bf16"], [1, 2])
  func repeatsBitForBit(
    dtype: String, workers: Int
  ) throws {
    func weights(seed: UInt64) throws -> Data {
      let agent = try Toys.agent(HRM.self, ["dtype": dtype], workers: workers, seed: seed)
      for step in 0..<6 { _ = try agent.learn(from: Toys.batch(step)) }
      return try Toys.weights(of: agent)
    }
    let first = try weights(seed: 4)
    #expect(try weights(seed: 4) == first)
    #expect(try weights(seed: 5) != first)
  }

  @Test("A saved state with other sizes is rejected")
  func refusesAStateThatDoesNotFit() throws {
    try withTemporaryFolder { folder in
      try Toys.agent(HRM.self, workers: 2).save(to: folder)
      for (values, workers, identifiers) in [
        (["hidden": "12"], 2, 3), (["positions": "learned"], 2, 3), ([:], 2, 4),
      ] {
        #expect(throws: (any Error).self) {
          try Toys.agent(HRM.self, values, workers: workers, identifiers: identifiers)
            .restore(from: folder, forTraining: true)
        }
      }
      for name in ["model.safetensors", "training.safetensors"] {
        let url = folder.appendingPathComponent(name)
        let whole = try Data(contentsOf: url)
        try whole.prefix(whole.count - 3).write(to: url)
        #expect(throws: (any Error).self) {
          try Toys.agent(HRM.self, workers: 2).restore(from: folder, forTraining: true)
        }
        try whole.write(to: url)
      }
      try Toys.agent(HRM.self, workers: 2).restore(from: folder, forTraining: true)
    }
  }

  /// Older files of HRM do not record the agent and the identifiers.
  @Test("States from before the agent and the identifiers were recorded are read")
  func readsStatesThatSayLess() throws {
    let agent = try Toys.agent(HRM.self)
    for step in 0..<4 { _ = try agent.learn(from: Toys.batch(step)) }
    let restored = try Toys.agent(HRM.self)
    try withTemporaryFolder { folder in
      try agent.save(to: folder)
      for name in ["model.safetensors", "training.safetensors"] {
        let url = folder.appendingPathComponent(name)
        var file = try Data(contentsOf: url)
        for key in ["agent", "identifiers"] {
          let range = try #require(file.range(of: Data("\"\(key)\":".utf8)))
          file.replaceSubrange(range, with: Data("\"\(key.uppercased())\":".utf8))
        }
        try file.write(to: url)
      }
      try restored.restore(from: folder, forTraining: true)
    }
    for step in 4..<6 {
      let batch = Toys.batch(step)
      #expect(try restored.learn(from: batch) == agent.learn(from: batch))
    }
  }
}
