import Gym
import GymNeuralAgents
import GymTestSupport
import Testing

/// Sizes within every setting's limits that no machine has the memory for, about a terabyte.
@Suite struct NeededMemoryTests {
  /// Expects an error that says what takes the memory.
  private func expectError(_ what: String, _ body: () throws -> Void) {
    #expect {
      try body()
    } throws: {
      let text = "\($0)"
      return text.contains("\(what) take at least") && text.contains("than the memory of this")
    }
  }

  @Test("Weights that cannot fit the machine's memory are an error before they are drawn")
  func weights() {
    let wide = ["hidden": "8192", "expansion": "16"]
    expectError("the weights of 64 blocks with hidden 8192") {
      _ = try Toys.agent(HRM.self, wide.merging(["low-blocks": "64"]) { $1 })
    }
    expectError("the weights of 128 blocks with hidden 8192") {
      _ = try Toys.agent(Transformer.self, wide.merging(["blocks": "128"]) { $1 })
    }
  }

  @Test("A batch whose states cannot fit the machine's memory is an error once learning begins")
  func states() throws {
    let agent = try Toys.agent(
      HRM.self,
      [
        "hidden": "1024", "prefix-rows": "1024", "demonstrations": "16",
        "demonstration-rows": "64", "demonstration-blocks": "1", "puzzle-width": "0",
        "batch": "65536",
      ])
    let weights = agent.parameterCount
    try withTemporaryFolder { folder in
      expectError("the states of 65536 puzzles and the gradients of \(weights) weights") {
        try agent.save(to: folder)
      }
    }
  }
}
