import Foundation
import Gym
import GymNetworks
import GymNeuralAgents
import GymTestSupport
import Testing

/// Variants: ablations, and the average of the weights.
@Suite struct HRMVariantTests {
  @Test(
    "Every ablation trains, saves and resumes", arguments: ["no-high", "no-low", "no-outer-loop"])
  func anAblatedModelLearnsSavesAndResumes(ablation: String) throws {
    let settings = ["ablation": ablation]
    let agent = try Toys.agent(HRM.self, settings)
    var report = StepReport()
    for step in 0..<4 { report.add(try agent.learn(from: Toys.batch(step))) }
    if ablation == "no-outer-loop" {
      #expect(report.finished == 20 && report.segments == 20)
    } else {
      #expect(try agent.parameterCount < Toys.agent(HRM.self).parameterCount)
      let gone = ablation == "no-high" ? "H_level" : "L_level"
      #expect(!agent.parameters.contains { $0.name.hasPrefix(gone) })
    }
    let folder = try TemporaryFolder()
    try agent.save(to: folder.url)
    let resumed = try Toys.agent(HRM.self, settings)
    try resumed.restore(from: folder.url, forTraining: true)
    for step in 4..<7 {
      #expect(
        try agent.learn(from: Toys.batch(step)) == resumed.learn(from: Toys.batch(step)))
    }
    #expect(try Toys.weights(of: agent) == Toys.weights(of: resumed))
    if ablation != "no-outer-loop" {
      #expect(throws: (any Error).self) {
        try Toys.agent(HRM.self).restore(from: folder.url, forTraining: true)
      }
    }
  }

  @Test("Every ablation learns a simple rule", arguments: ["no-high", "no-low", "no-outer-loop"])
  func anAblatedModelLearnsASimpleRule(ablation: String) throws {
    let agent = try Toys.agent(
      HRM.self,
      [
        "ablation": ablation, "hidden": "16", "learning-rate": "0.01", "batch": "16",
        "weight-decay": "0",
      ])
    let batch = Toys.batch(1000, count: 16)
    // The number of steps depends on how a processor rounds: 300 on one, 350 on another.
    let isLearned = try (0..<600).contains { step in
      _ = try agent.learn(from: Toys.batch(step, count: 16))
      guard step % 50 == 49 else { return false }
      let answers = try agent.solve(batch.questions, options: SolveOptions())
      return answers.flatMap { $0.answer ?? [] } == batch.labels
    }
    #expect(isLearned)
  }

  @Test("Memory holds rows of the last segments, newest first", arguments: ["f32", "bf16"])
  func memoryHoldsTheLastSegments(dtype: String) throws {
    let settings = [
      "memory": "2", "prefix-rows": "3", "puzzle-width": "0", "dtype": dtype,
      "halting": "exactness",
    ]
    let agent = try Toys.agent(HRM.self, settings)
    for step in 0..<4 { _ = try agent.learn(from: Toys.batch(step)) }
    let segments = try agent.segments(4, of: Toys.batch(5).questions)
    let (length, d) = (3 + Toys.cells, 8)
    func row(_ segment: Int, _ state: Int, _ row: Int) -> [Float] {
      Array(segments[segment].states[state][row * d..<(row + 1) * d])
    }
    for segment in 0..<4 {
      #expect(row(segment, 2, 0) == row(segment, 0, 0))
      #expect(
        row(segment, 2, 1)
          == (segment == 0
            ? [Float](repeating: 0, count: d)
            : row(segment - 1, 0, 0)))
      #expect((2..<length).allSatisfy { row(segment, 2, $0).allSatisfy { $0 == 0 } })
    }
    // It matters from the second segment on.
    let same = try Toys.agent(HRM.self, settings)
    let matrix = try #require(same.parameters.first { $0.name == "memory.weight" })
    let before = try same.segments(2, of: Toys.batch(5).questions)
    matrix.value.set(matrix.value.values.map { _ in 0 })
    matrix.refresh()
    let after = try same.segments(2, of: Toys.batch(5).questions)
    #expect(before[0].logits == after[0].logits && before[1].logits != after[1].logits)
    #expect(throws: GymError.self) { try Toys.agent(HRM.self, ["memory": "4"]) }
    #expect(throws: GymError.self) {
      try Toys.agent(HRM.self, ["memory": "1", "ablation": "no-high"])
    }
  }

  @Test("Values that would leave a part of HRM without effect are rejected")
  func partsWithoutEffect() throws {
    for values in [
      ["memory": "1", "max-segments": "1"], ["memory": "1", "max-segments": "1,1@0.5"],
      ["memory": "1", "ablation": "no-outer-loop"], ["gradient": "bptt", "gradient-steps": "1"],
      ["gradient": "bptt", "gradient-steps": "1", "ablation": "no-outer-loop"],
    ] {
      #expect(throws: GymError.self, "\(values)") { try Toys.agent(HRM.self, values) }
    }
    for values in [
      ["memory": "1", "max-segments": "1,2@0.5"], ["gradient": "implicit", "gradient-steps": "1"],
      ["gradient": "bptt", "gradient-steps": "1", "ablation": "no-low"],
      ["gradient": "bptt", "gradient-steps": "1", "ablation": "no-high"],
      ["gradient": "bptt", "gradient-steps": "2"],
    ] {
      _ = try Toys.agent(HRM.self, values)
    }
  }

  @Test("Choices that others leave without effect are refused by name")
  func choicesWithoutEffect() throws {
    func check(
      _ declared: [Setting], _ choice: (name: String, value: String), idle: String
    ) throws {
      var settings = Settings(declared)
      try settings.checkEffect(of: [idle])
      try settings.set(choice.name, to: choice.value)
      let error = #expect(throws: GymError.self) { try settings.checkEffect(of: [idle]) }
      #expect(error?.what == "\(idle) has no effect: \(choice.name) is \(choice.value)")
    }
    try check(HRM.settings, ("ablation", "no-outer-loop"), idle: "max-segments")
    try check(HRM.settings, ("halting", "fixed"), idle: "exploration")
    try check(TransformerACT.settings, ("halting", "fixed"), idle: "exploration")
    // These always have an effect, since the other setting is HRM's.
    try Settings(TRM.settings).checkEffect(of: ["max-segments", "exploration"])
  }

  @Test("Memory resumes bit for bit, and its matrix has the gradient of differences")
  func memoryResumesAndIsLearned() throws {
    let settings = [
      "memory": "2", "prefix-rows": "2", "gradient": "bptt", "gradient-steps": "64",
      "halting": "exactness", "learning-rate": "0", "weight-decay": "0", "exploration": "1",
    ]
    let straight = try Toys.agent(HRM.self, settings)
    _ = try straight.learn(from: Toys.batch(0))
    try withTemporaryFolder { folder in
      try straight.save(to: folder)
      try straight.computeGradients(for: Toys.batch(1))
      let name = "memory.weight"
      let parameter = try #require(straight.parameters.first { $0.name == name })
      let gradient = straight.gradient(of: parameter)
      func loss(_ distance: Float) throws -> Double {
        let moved = try Toys.agent(HRM.self, settings)
        try moved.restore(from: folder, forTraining: true)
        let matrix = try #require(moved.parameters.first { $0.name == name })
        matrix.value.set(
          zip(matrix.value.values, gradient).map { $0 + distance * Float($1) })
        matrix.refresh()
        try moved.computeGradients(for: Toys.batch(1))
        return moved.loss
      }
      #expect(try loss(0) == straight.loss)
      let exact = gradient.reduce(0) { $0 + $1 * $1 }
      let step = Float(2e-3 / exact.squareRoot())
      let numeric = try (loss(step) - loss(-step)) / Double(2 * step)
      #expect(exact > 0 && abs(numeric - exact) < 2e-2 * exact, "\(numeric), not \(exact)")
    }
  }

  @Test("A mistyped setting is rejected with the one that was meant")
  func aMistypedSettingNamesTheOneThatWasMeant() {
    for (typed, meant) in [
      ("gradiant", "gradient"), ("weight-averge", "weight-average"), ("haltng", "halting"),
      ("ablations", "ablation"), ("gradient-step", "gradient-steps"),
    ] {
      #expect { try Toys.agent(HRM.self, [typed: "1"]) } throws: {
        "\($0)".contains("Did you mean \"\(meant)\"?")
      }
    }
    #expect { try Toys.agent(HRM.self, ["gradient": "bppt"]) } throws: {
      "\($0)".contains("one of one-step, bptt, implicit")
    }
  }

  @Test("Answers are given with the averaged weights", arguments: ["f32", "bf16"], [1, 3])
  func answersAreMadeWithTheAverage(
    dtype: String, workers: Int
  ) throws {
    let settings = [
      "weight-average": "0.75", "learning-rate": "0.05", "warmup-steps": "0", "dtype": dtype,
    ]
    let agent = try Toys.agent(HRM.self, settings, workers: workers)
    let plain = try Toys.agent(
      HRM.self,
      settings.merging(["weight-average": "0"]) { $1 }, workers: workers)
    var averages = agent.parameters.map { $0.value.values.map(Double.init) }
    let questions = Toys.batch(50).questions
    for step in 0..<6 {
      _ = try agent.learn(from: Toys.batch(step))
      _ = try plain.learn(from: Toys.batch(step))
      let kept = min(0.75, Double(step + 1) / Double(step + 10))
      for (index, parameter) in agent.parameters.enumerated() {
        averages[index] = zip(averages[index], parameter.value.values).map {
          kept * $0 + (1 - kept) * Double($1)
        }
      }
      // Solving does not change the training state.
      _ = try agent.solve(questions, options: SolveOptions())
    }
    for (ours, others) in zip(agent.parameters, plain.parameters) {
      #expect(ours.value.values == others.value.values)
    }
    let folder = try TemporaryFolder()
    try agent.save(to: folder.url)
    let answering = try Toys.agent(HRM.self, settings, workers: workers)
    try answering.restore(from: folder.url, forTraining: false)
    for (parameter, average) in zip(answering.parameters, averages) {
      for (ours, exact) in zip(parameter.value.values, average) {
        #expect(abs(Double(ours) - exact) < 1e-5, "\(parameter.name)")
      }
    }
    let options = SolveOptions(keepsThoughts: true)
    let answers = try agent.solve(questions, options: options)
    #expect(try answering.solve(questions, options: options) == answers)
    #expect(try plain.solve(questions, options: options) != answers)
  }

  @Test("Averaged weights resume bit for bit")
  func theAverageResumesBitForBit() throws {
    let settings = ["weight-average": "0.9"]
    let straight = try Toys.agent(HRM.self, settings, workers: 2)
    let folder = try TemporaryFolder()
    for step in 0..<4 { _ = try straight.learn(from: Toys.batch(step)) }
    try straight.save(to: folder.url)
    // A fresh one, and one that has trained on other data before.
    let used = try Toys.agent(HRM.self, settings, workers: 2)
    for step in 20..<23 { _ = try used.learn(from: Toys.batch(step)) }
    let others = [try Toys.agent(HRM.self, settings, workers: 2), used]
    for agent in others { try agent.restore(from: folder.url, forTraining: true) }
    for step in 4..<8 {
      let report = try straight.learn(from: Toys.batch(step))
      for agent in others { #expect(try agent.learn(from: Toys.batch(step)) == report) }
    }
    for agent in others {
      #expect(try Toys.weights(of: agent) == Toys.weights(of: straight))
      for (ours, theirs) in zip(agent.parameters, straight.parameters) {
        #expect(ours.value.values == theirs.value.values)
      }
    }
  }
}
