import Agents
import Foundation
import Gym
import GymTesting
import Randomness
import Testing

/// HRM as an agent: what it does with batches, states and sizes.
@Suite struct HRMTests {
  static let cells = 6

  static func agent(
    _ values: [String: String] = [:], workers: Int = 1, identifiers: Int = 3, seed: UInt64 = 4
  ) throws -> HRM {
    var settings = Settings(HRM.settings)
    let small = [
      "hidden": "8", "heads": "2", "high-blocks": "1", "low-blocks": "1", "batch": "5",
      "max-segments": "3", "warmup-steps": "2", "expansion": "1",
    ]
    for (name, value) in small.merging(values, uniquingKeysWith: { $1 }) {
      try settings.set(name, to: value)
    }
    return try HRM(
      settings: settings,
      context: AgentContext(
        vocabularyCount: 5, grid: GridShape(rows: 2, columns: 3), puzzleIdentifiers: identifiers,
        batchSize: settings.integer("batch"), seed: seed, workers: workers))
  }

  static func batch(_ step: Int, count: Int = 5) -> TrainingBatch {
    var random = RandomStream(key: RandomKey(seed: 9, "batch"), stream: UInt64(step))
    let questions = (0..<count * cells).map { _ in UInt8(random.integer(in: 1...4)) }
    return TrainingBatch(
      questions: QuestionBatch(
        cells: cells, questions: questions,
        identifiers: (0..<count).map { _ in Int32(random.below(3)) }),
      labels: questions.map { $0 % 4 + 1 })
  }

  static func weights(of agent: HRM) throws -> Data {
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try agent.save(to: folder)
    return try Data(contentsOf: folder.appendingPathComponent("model.safetensors"))
  }

  static func temporaryFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  @Test(arguments: ["f32", "bf16"], [1, 2]) func repeatsBitForBit(
    dtype: String, workers: Int
  ) throws {
    let runs = try (0..<2).map { _ -> Data in
      let agent = try Self.agent(["dtype": dtype], workers: workers)
      for step in 0..<6 { _ = try agent.learn(from: Self.batch(step)) }
      return try Self.weights(of: agent)
    }
    #expect(runs[0] == runs[1])
    let other = try Self.agent(["dtype": dtype], workers: workers, seed: 5)
    for step in 0..<6 { _ = try other.learn(from: Self.batch(step)) }
    #expect(try Self.weights(of: other) != runs[0])
  }

  @Test(arguments: ["f32", "bf16"], [1, 2, 7]) func resumesBitForBit(
    dtype: String, workers: Int
  ) throws {
    let folder = try Self.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let settings = ["dtype": dtype, "exploration": "0.5"]
    let straight = try Self.agent(settings, workers: workers)
    for step in 0..<4 { _ = try straight.learn(from: Self.batch(step)) }
    try straight.save(to: folder)
    let resumed = try Self.agent(settings, workers: workers, seed: 4)
    try resumed.restore(from: folder, forTraining: true)
    #expect(resumed.steps == 4)
    for step in 4..<9 {
      #expect(
        try straight.learn(from: Self.batch(step)) == resumed.learn(from: Self.batch(step)))
    }
    #expect(try Self.weights(of: straight) == Self.weights(of: resumed))
  }

  @Test func refusesAStateThatDoesNotFit() throws {
    let folder = try Self.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try Self.agent(workers: 2).save(to: folder)
    for (values, workers, identifiers) in [
      (["hidden": "12"], 2, 3), (["positions": "learned"], 2, 3), ([:], 1, 3), ([:], 2, 4),
    ] {
      #expect(throws: (any Error).self) {
        try Self.agent(values, workers: workers, identifiers: identifiers)
          .restore(from: folder, forTraining: true)
      }
    }
    for name in ["model.safetensors", "training.safetensors"] {
      let url = folder.appendingPathComponent(name)
      let whole = try Data(contentsOf: url)
      try whole.prefix(whole.count - 3).write(to: url)
      #expect(throws: (any Error).self) {
        try Self.agent(workers: 2).restore(from: folder, forTraining: true)
      }
      try whole.write(to: url)
    }
    try Self.agent(workers: 2).restore(from: folder, forTraining: true)
  }

  @Test func refusesBatchesThatDoNotFit() throws {
    let agent = try Self.agent()
    #expect(throws: GymError.self) { try agent.learn(from: Self.batch(0, count: 4)) }
    var tokens = Array(Self.batch(0).questions.questions)
    tokens[3] = 5
    let foreign = QuestionBatch(
      cells: Self.cells, questions: tokens, identifiers: [0, 0, 0, 0, 0])
    #expect(throws: GymError.self) { try agent.solve(foreign, options: SolveOptions()) }
    let unknown = QuestionBatch(
      cells: Self.cells, questions: Array(repeating: 1, count: Self.cells), identifiers: [3])
    #expect(throws: GymError.self) { try agent.solve(unknown, options: SolveOptions()) }
    let known = Self.batch(0).questions
    #expect(throws: GymError.self) { try agent.solve(known, options: SolveOptions(segments: 0)) }
  }

  @Test func answersDoNotDependOnWorkersOrCompany() throws {
    let questions = Self.batch(3).questions
    let whole = try Self.agent(workers: 1).solve(
      questions, options: SolveOptions(segments: 4, keepsThoughts: true))
    let shared = try Self.agent(workers: 3).solve(
      questions, options: SolveOptions(segments: 4, keepsThoughts: true))
    #expect(whole.map(\.thoughts) == shared.map(\.thoughts))
    #expect(whole.allSatisfy { $0.thoughts.count == 4 && $0.answer == $0.thoughts.last })
    let alone = try Self.agent().solve(
      QuestionBatch(
        cells: Self.cells, questions: Array(questions.question(2)),
        identifiers: [questions.identifiers[2]]),
      options: SolveOptions(segments: 4))
    #expect(alone[0].answer == whole[2].answer)
  }

  /// A rule that a cell can see: the answer is the next token. Loss and errors must fall.
  @Test(arguments: ["f32", "bf16"]) func learnsASimpleRule(dtype: String) throws {
    let agent = try Self.agent([
      "dtype": dtype, "hidden": "16", "learning-rate": "0.01", "batch": "16",
      "weight-decay": "0",
    ])
    var first = StepReport()
    var last = StepReport()
    for step in 0..<300 {
      let report = try agent.learn(from: Self.batch(step, count: 16))
      if step < 10 { first.add(report) }
      if step >= 290 { last.add(report) }
    }
    #expect(last.loss < 0.5 * first.loss)
    let questions = Self.batch(1000, count: 16)
    let answers = try agent.solve(questions.questions, options: SolveOptions())
    let right = answers.flatMap { $0.answer ?? [] }.elementsEqual(questions.labels)
    #expect(right)
  }

  @Test func stopsOnANumberThatIsNotFinite() throws {
    let agent = try Self.agent(["learning-rate": "10", "warmup-steps": "0", "weight-decay": "100"])
    #expect(throws: GymError.self) {
      for step in 0..<200 { _ = try agent.learn(from: Self.batch(step)) }
    }
    let before = try Self.weights(of: agent)
    #expect(throws: GymError.self) { try agent.learn(from: Self.batch(0)) }
    #expect(try Self.weights(of: agent) == before)
  }
}
