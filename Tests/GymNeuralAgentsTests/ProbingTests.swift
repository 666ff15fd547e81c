import Gym
import GymNeuralAgents
import Testing

/// The probe reports of neural agents.
@Suite struct ProbingTests {
  private static let questions = Toys.batch(7).questions

  private static func steps(
    _ agent: any ProbedAgent, _ options: ProbeOptions = ProbeOptions()
  ) throws -> [ProbedStep] {
    var steps: [ProbedStep] = []
    try agent.probe(questions, options: options) { steps.append($0) }
    return steps
  }

  private static func noise(_ scale: Double, seed: UInt64) -> ProbeOptions {
    ProbeOptions(noise: ProbeOptions.Noise(scale: scale, seed: seed), isLastOnly: true)
  }

  @Test(
    "A probe of HRM sees every update of both states", arguments: ["none", "no-high", "no-low"],
    ["f32", "bf16"])
  func everyUpdateOfHRMIsSeen(ablation: String, dtype: String) throws {
    let agent = try Toys.agent(HRM.self, ["ablation": ablation, "dtype": dtype])
    for step in 0..<3 { _ = try agent.learn(from: Toys.batch(step)) }
    let steps = try Self.steps(agent)
    #expect(steps.count == 1 + 3 * 6 && steps.allSatisfy { $0.steps == 6 })
    #expect(steps[0].segment == 0 && steps[0].answers == nil)
    let names = steps.dropFirst().map { $0.states.map(\.name).joined() }
    let cycle =
      switch ablation {
      case "no-high": Array(repeating: "z_L", count: 6)
      case "no-low": Array(repeating: "z_H", count: 6)
      default: ["z_L", "z_L", "z_H", "z_L", "z_L", "z_H"]
      }
    #expect(names == cycle + cycle + cycle)
    #expect(Set(steps[0].states.map(\.name)) == Set(cycle))
    // [count, positions × width], one position in front of the cells.
    let sizes = steps.flatMap(\.states).map(\.values.count)
    #expect(sizes.allSatisfy { $0 == 5 * 7 * 8 })
  }

  @Test(
    "The last step of each probed HRM segment gives HRM's answer",
    arguments: ["none", "no-high", "no-low"])
  func segmentsOfHRMEndWithItsAnswers(ablation: String) throws {
    let agent = try Toys.agent(HRM.self, ["ablation": ablation, "learning-rate": "0.01"])
    for step in 0..<40 { _ = try agent.learn(from: Toys.batch(step)) }
    try Self.checkAnswers(agent)
  }

  @Test("The last step of each probed segment of other agents gives their answer")
  func segmentsOfTheOthersEndWithTheirAnswers() throws {
    let agents: [any LearningAgent & ProbedAgent] = [
      try Toys.agent(Transformer.self), try Toys.agent(TransformerACT.self),
      try Toys.agent(TRM.self), try Toys.agent(RecurrentCoT.self),
      try Toys.agent(RecurrentCoT.self, ["control": "latent-carry"]),
    ]
    for agent in agents {
      for step in 0..<20 { _ = try agent.learn(from: Toys.batch(step)) }
      try Self.checkAnswers(agent)
    }
  }

  /// A chain of thought that ends by itself is compared up to its end.
  private static func checkAnswers(_ agent: any ProbedAgent) throws {
    let options = SolveOptions(segments: 4, keepsThoughts: true)
    let solved = try agent.solve(questions, options: options)
    let ends = try steps(agent, ProbeOptions(segments: 4)).filter(\.endsSegment)
    let (id, cells) = (type(of: agent).id, questions.cells)
    for (index, prediction) in solved.enumerated() {
      let probed = ends.compactMap(\.answers).map { Array($0[index * cells..<(index + 1) * cells]) }
      #expect(probed.count == (id.name == "transformer" ? 1 : 4))
      #expect(Array(probed.prefix(prediction.thoughts.count)) == prediction.thoughts, "\(id)")
    }
    let last = try steps(agent, ProbeOptions(segments: 4, isLastOnly: true))
    #expect(last.count == 1 && last.last == ends.last, "\(id)")
  }

  @Test("Probed states have the names of the released code")
  func statesHaveTheirReleasedNames() throws {
    func names(_ agent: any ProbedAgent) throws -> [String] {
      try #require(try Self.steps(agent).last).states.map(\.name)
    }
    #expect(try names(Toys.agent(TRM.self)) == ["z_H", "z_L"])
    #expect(try names(Toys.agent(TransformerACT.self)) == ["z"])
    #expect(try names(Toys.agent(Transformer.self)) == ["state"])
    #expect(try names(Toys.agent(RecurrentCoT.self)) == ["state"])
  }

  @Test("The same seed gives the same noise")
  func noiseIsItsSeeds() throws {
    let agents: [any ProbedAgent] = [
      try Toys.agent(HRM.self), try Toys.agent(TRM.self), try Toys.agent(TransformerACT.self),
    ]
    for agent in agents {
      #expect(agent.startsFromStates)
      let still = try Self.steps(agent, ProbeOptions(isLastOnly: true))
      #expect(try Self.steps(agent, Self.noise(0, seed: 1)) == still)
      let moved = try Self.steps(agent, Self.noise(1, seed: 1))
      #expect(moved != still)
      #expect(try Self.steps(agent, Self.noise(1, seed: 1)) == moved)
      #expect(try Self.steps(agent, Self.noise(1, seed: 2)) != moved)
    }
    let direct = try Toys.agent(Transformer.self)
    #expect(!direct.startsFromStates)
    #expect(
      try Self.steps(direct, Self.noise(1, seed: 1))
        == Self.steps(direct, ProbeOptions(isLastOnly: true)))
  }

  /// Before its first segment nothing is remembered, so that a memory changes nothing in it.
  @Test("Noise moves the states of a start, and not the memory of segments before it")
  func noiseLeavesTheMemoryEmpty() throws {
    let options = ProbeOptions(segments: 1, noise: ProbeOptions.Noise(scale: 1, seed: 1))
    let plain = try Self.steps(Toys.agent(HRM.self, ["prefix-rows": "3"]), options)
    let remembering = try Toys.agent(HRM.self, ["prefix-rows": "3", "memory": "2"])
    #expect(try Self.steps(remembering, options) == plain)
  }

  @Test("Questions and options that do not fit are rejected")
  func badQuestionsAndOptionsAreRefused() throws {
    let strange = QuestionBatch(cells: 6, questions: [1, 2, 3, 4, 9, 1], identifiers: [0])
    for agent in [try Toys.agent(HRM.self), try Toys.agent(TRM.self)] as [any ProbedAgent] {
      #expect(throws: GymError.self) {
        try agent.probe(strange, options: ProbeOptions()) { _ in }
      }
      for options in [ProbeOptions(segments: 0), Self.noise(.nan, seed: 1)] {
        #expect(throws: GymError.self) { try Self.steps(agent, options) }
      }
      let none = QuestionBatch(cells: 6, questions: [], identifiers: [])
      try agent.probe(none, options: ProbeOptions()) { _ in
        Issue.record("there was nothing to report")
      }
    }
  }
}
