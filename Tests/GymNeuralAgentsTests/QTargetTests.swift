import Foundation
import GymNeuralAgents
import Testing

/// Q-learning whose target comes from the next training step.
@Suite struct QTargetTests {
  /// An agent whose head values halting at 2 and continuing at −1, but which continues after
  /// a puzzle's first segment nevertheless.
  private func agent<Network>(
    _ type: NeuralAgent<Network>.Type, _ values: [String: String] = ["q-target": "deferred"],
    workers: Int = 1
  ) throws -> NeuralAgent<Network> {
    let agent = try Toys.agent(
      type, values.merging(["exploration": "1"]) { $1 }, workers: workers)
    for parameter in agent.parameters where parameter.name == "q_head.bias" {
      parameter.value.set([2, -1])
      parameter.refresh()
    }
    return agent
  }

  private func gradient<Network>(_ name: String, _ agent: NeuralAgent<Network>) -> [Double] {
    agent.parameters.filter { $0.name == name }.flatMap(agent.gradient)
  }

  private func expectTheNextStepsTarget<Network>(_ type: NeuralAgent<Network>.Type) throws {
    for workers in [1, 2] {
      let agent = try agent(type, workers: workers)
      try agent.computeGradients(for: Toys.batch(0))
      #expect(gradient("q_head.bias", agent)[1] == 0, "the target is not known yet")
      try agent.computeGradients(for: Toys.batch(1))
      func share(_ logit: Double) -> Double { 1 / (1 + exp(-logit)) }
      let expected = 0.5 * (share(-1) - share(2))
      let slope = gradient("q_head.bias", agent)[1]
      #expect(abs(slope - expected) < 1e-6, "\(slope), not \(expected)")
      #expect(gradient("q_head.weight", agent).suffix(8).contains { abs($0) > 1e-3 })
    }
  }

  @Test("HRM takes the target for continuing from the next training step")
  func hrmTakesTheTargetFromTheNextStep() throws {
    try expectTheNextStepsTarget(HRM.self)
  }

  @Test("The Transformer with ACT takes the target for continuing from the next step")
  func transformerACTTakesTheTargetFromTheNextStep() throws {
    try expectTheNextStepsTarget(TransformerACT.self)
  }

  /// The rest of the network learns the same as if continuing were not learned at all.
  @Test(
    "Only the halting head learns from the target for continuing",
    arguments: ["none", "no-high", "no-low"])
  func onlyTheHeadLearnsFromIt(
    ablation: String
  ) throws {
    let rules = [["q-target": "deferred"], ["halting": "fixed"]]
    let agents = try rules.map { rule in
      let agent = try agent(HRM.self, rule.merging(["ablation": ablation]) { $1 })
      let head = agent.parameters.filter { $0.name == "q_head.weight" }
      for parameter in head {
        parameter.value.set((0..<parameter.value.count).map { Float($0 % 7) * 0.1 - 0.3 })
        parameter.refresh()
      }
      for step in 0..<2 { try agent.computeGradients(for: Toys.batch(step)) }
      return agent
    }
    for parameter in agents[0].parameters {
      let pair = agents.map { gradient(parameter.name, $0) }
      #expect((pair[0] == pair[1]) == !parameter.name.hasPrefix("q_head"), "\(parameter.name)")
    }
  }

  @Test("The target for continuing costs no further segment")
  func aStepCostsNoFurtherSegment() throws {
    let costs = try ["exact", "deferred"].map {
      try Toys.agent(HRM.self, ["q-target": $0]).learn(from: Toys.batch(0)).cost.flops
    }
    // Six updates forward and two back at twice the cost each, with nearly six more if exact.
    #expect((0.6...0.7).contains(costs[1] / costs[0]), "\(costs)")
  }
}
