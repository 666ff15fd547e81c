import Foundation
import Gym
import GymNetworks
import GymNeuralAgents
import GymRandomness
import GymTensors
import GymTestSupport
import GymTesting
import Testing

/// Guarantees of every shared neural agent.
@Suite struct NeuralAgentTests {
  /// A check of an agent type, by the type's name.
  struct Subject: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let conforms: @Sendable ([[String: String]]) -> ConformanceReport
    let make: @Sendable ([String: String], Int) throws -> any LearningAgent
    let memoryBlocks: @Sendable (any LearningAgent) throws -> Int
    /// The bits of all trained weights.
    let weights: @Sendable (any LearningAgent) throws -> [[UInt32]]
    /// Whether no weight tells some tokens apart.
    let sharesWeights: Bool

    init<Network>(_ type: NeuralAgent<Network>.Type, exchangeable: [UInt8] = []) {
      sharesWeights = !exchangeable.isEmpty
      testDescription = type.id.description
      let names = Set(type.settings.map(\.name))
      conforms = { variants in
        Conformance.check(type, variants: variants.map { $0.filter { names.contains($0.key) } })
      }
      make = { values, workers in
        try Toys.agent(
          type, values.filter { names.contains($0.key) }, workers: workers,
          exchangeable: exchangeable)
      }
      memoryBlocks = { try #require($0 as? NeuralAgent<Network>).memoryBlocks }
      weights = {
        try #require($0 as? NeuralAgent<Network>).parameters.map {
          $0.value.values.map(\.bitPattern)
        }
      }
    }
  }

  static let subjects = [
    Subject(HRM.self), Subject(Transformer.self), Subject(TransformerACT.self),
    Subject(RecurrentCoT.self), Subject(TRM.self),
    Subject(SymbolEquivariant.self, exchangeable: [4, 2]), Subject(DeepThinking.self),
  ]
  /// Sizes for conformance. Few updates: a fresh TRM is chaotic, so that hundreds of updates turn
  /// a rounding in the last digit, which differs between batch sizes, into another answer.
  private static let small = [
    "hidden": "8", "heads": "2", "blocks": "1", "expansion": "1", "max-segments": "3",
    "cycles": "2", "latent-updates": "1", "updates": "1",
    "iterations": "3",
  ]

  @Test("Every neural agent passes the conformance suite", arguments: subjects)
  func conforms(subject: Subject) {
    let small = Self.small.merging(["high-blocks": "1", "low-blocks": "1"]) { $1 }
    let variants = [
      small,
      small.merging(
        [
          "positions": "learned", "dtype": "bf16", "puzzle-width": "11", "weight-average": "0.9",
          "q-target": "deferred",
        ],
        uniquingKeysWith: { $1 }),
      small.merging(
        [
          "positions": "rows-columns", "position-injection": "every", "prefix-rows": "2",
          "puzzle-width": "0", "gating": "normed", "label-smoothing": "0.1",
          "optimizer": "muon", "clip": "1", "weight-average": "0.9", "halting": "exactness",
          "max-segments": "1,3@0.3", "halting-weight": "0,0.1@0.3", "gradient": "last-cycle",
          "low-cycles": "1,2@0.5", "latent-updates": "1,2@0.5",
          "learning-rate": "0.001..0", "matrix-learning-rate": "0.02~0", "symbol-axis": "true",
        ],
        uniquingKeysWith: { $1 }),
    ]
    #expect(subject.conforms(variants).failures.isEmpty)
  }

  @Test("TRM passes the conformance suite with attention and with MLP mixing")
  func trmConformsWithBothMixings() {
    let names = Set(TRM.settings.map(\.name))
    let settings = Self.small.filter { names.contains($0.key) }.merging(
      ["mixing": "mlp", "prefix-rows": "3"],
      uniquingKeysWith: { $1 })
    let report = Conformance.check(
      TRM.self, variants: [settings, settings.merging(["puzzle-width": "0"]) { $1 }])
    #expect(report.failures.isEmpty)
  }

  /// With fewer questions than workers, all workers share the same questions.
  @Test(
    "With fewer questions than workers, the workers share each question", arguments: subjects,
    ["f32", "bf16"])
  func workersShareAQuestion(
    subject: Subject, dtype: String
  ) throws {
    let batch = Toys.batch(3, count: 4).questions
    let alone = try subject.make(["dtype": dtype], 1)
    let shared = try subject.make(["dtype": dtype], 5)
    for options in [SolveOptions(), SolveOptions(halts: true)] {
      for (a, b) in zip(
        try shared.solve(batch, options: options), try alone.solve(batch, options: options))
      {
        #expect(a.answer == b.answer && a.segments == b.segments && a.cost == b.cost)
        #expect(abs((a.confidence ?? 0) - (b.confidence ?? 0)) < 1e-3)
      }
    }
  }

  /// Memory: once every size has occurred, steps allocate no block from the system.
  @Test(
    "Once every size has occurred, steps allocate no new memory", arguments: subjects,
    ["f32", "bf16"])
  func stepsTakeNoNewMemory(
    subject: Subject, dtype: String
  ) throws {
    let agent = try subject.make(["dtype": dtype, "exploration": "0.5"], 2)
    var blocks: [Int] = []
    for step in 0..<24 {
      _ = try agent.learn(from: Toys.batch(step, traced: true))
      blocks.append(try subject.memoryBlocks(agent))
    }
    #expect(blocks[0] > 0)
    #expect(Set(blocks[8...]).count == 1, "\(blocks)")
  }

  /// A batch processed in parts gives the same gradients as with many workers, of
  /// which each processes its whole share at once; and a state saved with parts resumes.
  @Test(
    "A batch that is processed in parts gives the gradients of the whole",
    arguments: ["f32", "bf16"])
  func partsMakeUpTheBatch(dtype: String) throws {
    let settings = ["batch": "200", "dtype": dtype, "weight-decay": "0"]
    let parted = try Toys.agent(HRM.self, settings, workers: 1)
    let whole = try Toys.agent(HRM.self, settings, workers: 5)
    for step in 0..<2 {
      let batch = Toys.batch(step, count: 200)
      try parted.computeGradients(for: batch)
      try whole.computeGradients(for: batch)
      #expect(abs(parted.loss / whole.loss - 1) < 1e-6)
      for (a, b) in zip(parted.parameters, whole.parameters) {
        let (x, y) = (parted.gradient(of: a), whole.gradient(of: b))
        let greatest = y.map(abs).max() ?? 0
        for (x, y) in zip(x, y) { #expect(abs(x - y) <= 1e-5 * greatest, "\(a.name)") }
      }
      _ = parted.update()
      _ = whole.update()
    }
    let resumed = try Toys.agent(HRM.self, settings, workers: 1)
    try withTemporaryFolder { folder in
      try parted.save(to: folder)
      try resumed.restore(from: folder, forTraining: true)
    }
    let batch = Toys.batch(2, count: 200)
    #expect(try parted.learn(from: batch) == resumed.learn(from: batch))
    #expect(try Toys.weights(of: parted) == Toys.weights(of: resumed))
  }

  /// The halting head's input of a segment of which nothing else is needed.
  @Test(
    "The halting head's input equals the first position of a whole segment",
    arguments: ["f32", "bf16"])
  func theFirstPositionIsThatOfTheSegment(
    dtype: String
  ) throws {
    for ablation in ["none", "no-high", "no-low"] {
      try expectFirst(HRM.self, ["dtype": dtype, "ablation": ablation])
    }
    for subject in [["blocks": "1"], ["blocks": "3"]] {
      try expectFirst(TransformerACT.self, subject.merging(["dtype": dtype]) { $1 })
    }
    try expectFirst(TRM.self, ["dtype": dtype])
  }

  private func expectFirst<Network>(
    _ type: NeuralAgent<Network>.Type, _ values: [String: String]
  ) throws {
    let agent = try Toys.agent(type, values)
    let (first, rows) = try agent.firstOutputs(of: Toys.batch(0).questions)
    let tolerance: Float = values["dtype"] == "f32" ? 1e-6 : 1e-2
    #expect(first.count == rows.count)
    for (a, b) in zip(first, rows) { #expect(abs(a - b) <= tolerance * 4, "\(values)") }
  }

  @Test("A restored agent continues bit for bit", arguments: subjects, ["f32", "bf16"])
  func resumesBitForBit(
    subject: Subject, dtype: String
  ) throws {
    for workers in [1, 2, 7] {
      let settings = [
        "dtype": dtype, "exploration": "0.5", "weight-average": "0.8",
        "q-target": workers == 2 ? "deferred" : "exact",
      ]
      let straight = try subject.make(settings, workers)
      let resumed = try subject.make(settings, workers)
      for step in 0..<4 { _ = try straight.learn(from: Toys.batch(step, traced: step % 2 == 0)) }
      try withTemporaryFolder { folder in
        try straight.save(to: folder)
        try resumed.restore(from: folder, forTraining: true)
      }
      #expect(resumed.steps == 4)
      for step in 4..<9 {
        let batch = Toys.batch(step, traced: true)
        #expect(try straight.learn(from: batch) == resumed.learn(from: batch))
      }
      #expect(try Toys.weights(of: straight) == Toys.weights(of: resumed))
    }
  }

  @Test("States of another agent or size are rejected")
  func refusesStatesThatAreNotItsOwn() throws {
    try withTemporaryFolder { folder in
      try Toys.agent(TransformerACT.self, workers: 2).save(to: folder)
      let others: [any LearningAgent] = [
        try Toys.agent(Transformer.self, workers: 2), try Toys.agent(TRM.self, workers: 2),
        try Toys.agent(TransformerACT.self, ["hidden": "12"], workers: 2),
      ]
      for other in others {
        #expect(throws: (any Error).self) {
          try other.restore(from: folder, forTraining: true)
        }
      }
      try Toys.agent(TransformerACT.self, workers: 2).restore(from: folder, forTraining: true)
    }
  }

  @Test("Batches with other cells or tokens are rejected", arguments: subjects)
  func refusesBatchesThatDoNotFit(subject: Subject) throws {
    let agent = try subject.make([:], 1)
    let batch = Toys.batch(0)
    #expect(throws: GymError.self) { try agent.learn(from: Toys.batch(0, count: 4)) }
    #expect(throws: GymError.self) {
      try agent.learn(
        from: TrainingBatch(
          questions: batch.questions, labels: batch.labels.map { $0 + 1 }))
    }
    for state in [[UInt8](repeating: 5, count: Toys.cells), [1]] {
      #expect(throws: GymError.self) {
        try agent.learn(
          from: TrainingBatch(
            questions: batch.questions, labels: batch.labels,
            traces: Array(repeating: [state], count: 5)))
      }
    }
    for (token, identifier) in [(UInt8(5), Int32(0)), (1, 3), (1, -1)] {
      let questions = QuestionBatch(
        cells: Toys.cells, questions: Array(repeating: token, count: Toys.cells),
        identifiers: [identifier])
      #expect(throws: GymError.self) { try agent.solve(questions, options: SolveOptions()) }
    }
    for options in [SolveOptions(segments: 0), SolveOptions(halts: true, minimumSegments: 0)] {
      #expect(throws: GymError.self) { try agent.solve(batch.questions, options: options) }
    }
  }

  /// An answer is independent of the other questions in the batch and of the number of workers.
  @Test(
    "Answers do not depend on the other questions of the batch, nor on the workers",
    arguments: subjects)
  func answersDoNotDependOnCompany(subject: Subject) throws {
    let settings = ["cycles": "2", "latent-updates": "1", "positions": "learned"]
    let questions = Toys.batch(3).questions
    let options = SolveOptions(segments: 2, keepsThoughts: true)
    let whole = try subject.make(settings, 1).solve(questions, options: options)
    #expect(try subject.make(settings, 3).solve(questions, options: options) == whole)
    for index in 0..<questions.count {
      let alone = QuestionBatch(
        cells: Toys.cells, questions: Array(questions.question(index)),
        identifiers: [questions.identifiers[index]])
      let answer = try subject.make(settings, 1).solve(alone, options: options)[0]
      #expect(answer.thoughts == whole[index].thoughts)
    }
  }

  /// A rule per cell is learned in seconds, and then not all segments are needed.
  @Test(
    "Every agent learns a simple rule in seconds", arguments: subjects.filter { !$0.sharesWeights },
    ["f32", "bf16"])
  func learnsASimpleRule(
    subject: Subject, dtype: String
  ) throws {
    let agent = try subject.make(
      [
        "dtype": dtype, "hidden": "16", "learning-rate": "0.01", "batch": "16",
        "weight-decay": "0", "max-segments": "4", "weight-average": "0.9", "cycles": "2",
        "latent-updates": "2",
      ], 2)
    var (first, last) = (StepReport(), StepReport())
    for step in 0..<300 {
      let report = try agent.learn(from: Toys.batch(step, count: 16))
      if step < 10 { first.add(report) }
      if step >= 290 { last.add(report) }
    }
    #expect(last.loss < 0.5 * first.loss)
    let batch = Toys.batch(1000, count: 16)
    for options in [SolveOptions(), SolveOptions(halts: true, keepsThoughts: true)] {
      let predictions = try agent.solve(batch.questions, options: options)
      let right = zip(predictions.flatMap { $0.answer ?? [] }, batch.labels).count { $0 == $1 }
      #expect(right == batch.labels.count, "\(right) of \(batch.labels.count)")
      guard options.halts else { continue }
      let early = predictions.count { $0.segments < 4 }
      #expect(early == predictions.count, "\(early) of \(predictions.count) stop early")
      #expect(predictions.allSatisfy { $0.thoughts.count == $0.segments })
    }
  }

  /// Settings that agents share have the same name, kind and default.
  @Test(
    "Settings that agents share have the names, kinds and defaults of HRM's",
    arguments: [Transformer.settings, TransformerACT.settings, RecurrentCoT.settings])
  func commonSettingsAreHRMs(settings: [Setting]) {
    let theirs = Dictionary(uniqueKeysWithValues: HRM.settings.map { ($0.name, $0) })
    let common = settings.filter { theirs[$0.name] != nil }
    #expect(common.count >= 17)
    for setting in common {
      #expect(setting.kind == theirs[setting.name]?.kind, "\(setting.name)")
      #expect(setting.defaultValue == theirs[setting.name]?.defaultValue, "\(setting.name)")
    }
  }

  /// The same size as HRM for every preset that is quick to build.
  @Test(
    "Presets have HRM's number of parameters within 1 %, or fewer (TRM)",
    arguments: ["small", "tiny"])
  func sizesMatchHRMs(preset: String) throws {
    func count<Subject: Agent>(_ type: Subject.Type) throws -> Double {
      var settings = Settings(type.settings)
      for (name, value) in try #require(type.presets.first { $0.name == preset }).values {
        try settings.set(name, to: value.json)
      }
      let context = AgentContext(
        vocabularyCount: 11, grid: GridShape(rows: 9, columns: 9), batchSize: 1, seed: 1,
        workers: 1)
      return Double(try type.init(settings: settings, context: context).parameterCount)
    }
    let expected = try count(HRM.self)
    let others = try [
      count(Transformer.self), count(TransformerACT.self), count(RecurrentCoT.self),
    ]
    #expect(others.allSatisfy { abs($0 / expected - 1) < 0.01 }, "\(others) and \(expected)")
    #expect(try count(TRM.self) <= expected)
  }

  /// Without exploration Q-learning may never learn what a second segment brings.
  @Test(
    "The fast presets' outer loops do not halt by Q-learning without exploration",
    arguments: ["fast", "fast-tiny"])
  func fastPresetsReachTheirSegments(preset: String) throws {
    for type in [HRM.self, TransformerACT.self] as [any Agent.Type] {
      let fast = try #require(type.presets.first { $0.name == preset })
      #expect(fast.values["halting"] == .text("exactness"), "\(type.id)")
    }
  }

  /// Operations by hand: S = 7, D = 8, m = 256, V = 5; a block's products are 4·D² + 3·m·D
  /// numbers and attention's 4·S²·D operations.
  @Test("Counted operations equal those computed by hand from the shapes")
  func costsAreCountedFromTheShapes() throws {
    let block = Double(2 * 7 * (4 * 64 + 3 * 256 * 8) + 4 * 49 * 8)
    func head(_ k: Int) -> Double { Double(2 * 8 * (7 * 5 + k)) }
    func costs(_ agent: some LearningAgent) throws -> (step: ComputeCost, answer: ComputeCost) {
      let step = try agent.learn(from: Toys.batch(0)).cost
      let options = SolveOptions(segments: 2, minimumSegments: 2)
      return (step, try agent.solve(Toys.batch(0).questions, options: options)[0].cost)
    }
    let plain = try costs(Toys.agent(Transformer.self))
    #expect(plain.step == ComputeCost(flops: 5 * 3 * (block + head(0)), passes: 5))
    #expect(plain.answer == ComputeCost(flops: block + head(0), passes: 1))
    let looped = try costs(Toys.agent(TransformerACT.self))
    // The target segment needs the part after attention for one position only.
    let spared = Double(2 * 6 * (64 + 3 * 256 * 8))
    #expect(looped.step == ComputeCost(flops: 5 * (4 * block - spared + 3 * head(2)), passes: 10))
    #expect(looped.answer == ComputeCost(flops: 2 * block + head(2), passes: 2))
    let spoken = try costs(Toys.agent(RecurrentCoT.self))
    #expect(spoken.step == ComputeCost(flops: 5 * 3 * (block + head(1)), passes: 5, tokens: 5 * 6))
    #expect(spoken.answer == ComputeCost(flops: 2 * (block + head(1)), passes: 2, tokens: 12))
    let tiny = try costs(Toys.agent(TRM.self))
    #expect(tiny.step == ComputeCost(flops: 5 * ((21 + 2 * 7) * block + 3 * head(1)), passes: 5))
    #expect(tiny.answer == ComputeCost(flops: 2 * 21 * block + head(1), passes: 2))
  }

  /// The average answers; training continues with the weights themselves.
  @Test("Averaged weights answer, and training continues with the weights themselves")
  func theAverageAnswers() throws {
    let (with, without) = (
      try Toys.agent(TRM.self, ["weight-average": "0.99"]),
      try Toys.agent(TRM.self, ["weight-average": "0"])
    )
    let untrained = try Toys.weights(of: without)
    for step in 0..<5 {
      let batch = Toys.batch(step)
      #expect(try with.learn(from: batch) == without.learn(from: batch))
      _ = try with.solve(batch.questions, options: SolveOptions())
    }
    #expect(try Toys.weights(of: with) != Toys.weights(of: without))
    #expect(try Toys.weights(of: with) != untrained)
  }

  @Test(
    "A step whose loss or gradient is not finite reports NaN and changes nothing",
    arguments: subjects)
  func stopsOnANumberThatIsNotFinite(subject: Subject) throws {
    let agent = try subject.make(
      ["learning-rate": "10", "warmup-steps": "0", "weight-decay": "100"], 1)
    let end = try (0..<200).first { try !agent.learn(from: Toys.batch($0)).loss.isFinite }
    #expect(agent.steps == end)
    let before = try subject.weights(agent)
    #expect(try !agent.learn(from: Toys.batch(0)).loss.isFinite)
    #expect(try subject.weights(agent) == before)
  }

  @Test("Impossible sizes are rejected")
  func refusesImpossibleSizes() throws {
    #expect(throws: GymError.self) {
      try Toys.agent(Transformer.self, ["hidden": "10", "heads": "4"])
    }
    #expect(throws: GymError.self) {
      var settings = Settings(TRM.settings)
      try settings.set("mixing", to: "mlp")
      _ = try TRM(
        settings: settings,
        context: AgentContext(
          vocabularyCount: 5, grid: GridShape(rows: 256, columns: 256), batchSize: 1, seed: 1,
          workers: 1))
    }
  }
}
