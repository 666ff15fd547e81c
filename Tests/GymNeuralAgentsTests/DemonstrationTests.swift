import Gym
import GymNeuralAgents
import GymRandomness
import GymTestSupport
import Testing

/// Puzzles whose rule only their demonstrations tell: each token is moved on by a number of places
/// that is another for every puzzle.
@Suite struct DemonstrationTests {
  private static let settings = [
    "demonstrations": "2", "demonstration-rows": "2", "demonstration-blocks": "1",
    "puzzle-width": "0", "positions": "learned", "fresh-symmetry": "false",
  ]

  private static func moved(_ tokens: [UInt8], by distance: Int) -> [UInt8] {
    tokens.map { UInt8((Int($0) - 1 + distance) % 4 + 1) }
  }

  /// Puzzles moved by 1, 2 or 3, each with up to two demonstrations.
  static func batch(_ step: Int, count: Int, alwaysTwo: Bool = true) -> TrainingBatch {
    var random = RandomStream(key: RandomKey(seed: 5, "moved"), stream: UInt64(step))
    var (questions, labels) = ([UInt8](), [UInt8]())
    let shown = (0..<count).map { row -> [Example] in
      let distance = random.integer(in: 1...3)
      func question() -> [UInt8] {
        (0..<Toys.cells).map { _ in UInt8(random.integer(in: 1...4)) }
      }
      let asked = question()
      questions += asked
      labels += moved(asked, by: distance)
      return (0..<(alwaysTwo ? 2 : row % 3)).map { _ in
        let question = question()
        return Example(question: question, answer: moved(question, by: distance))
      }
    }
    return TrainingBatch(
      questions: QuestionBatch(
        cells: Toys.cells, questions: questions, identifiers: Array(repeating: 0, count: count),
        demonstrations: shown),
      labels: labels)
  }

  private static func solved(_ agent: some Agent, _ batch: TrainingBatch) throws -> Int {
    let answers = try agent.solve(batch.questions, options: SolveOptions())
    return answers.indices.count {
      answers[$0].answer == Array(batch.labels[$0 * Toys.cells..<($0 + 1) * Toys.cells])
    }
  }

  @Test("A rule that only demonstrations tell is learned from them, and from nothing else")
  func rulesAreReadFromDemonstrations() throws {
    let values = [
      "hidden": "32", "batch": "32", "max-segments": "1", "optimizer": "muon",
      "learning-rate": "0.005", "matrix-learning-rate": "0.02", "weight-decay": "0",
    ]
    let agent = try Toys.agent(HRM.self, values.merging(Self.settings) { $1 })
    #expect(agent.readsDemonstrations && agent.learnsFromDemonstrations)
    for step in 0..<400 { _ = try agent.learn(from: Self.batch(step, count: 32)) }
    let asked = Self.batch(1000, count: 60)
    let solved = try Self.solved(agent, asked)
    #expect(solved >= 54, "\(solved) of 60 are solved with their demonstrations")
    let hidden = TrainingBatch(
      questions: QuestionBatch(
        cells: Toys.cells, questions: asked.questions.questions,
        identifiers: asked.questions.identifiers),
      labels: asked.labels)
    let guessed = try Self.solved(agent, hidden)
    #expect(guessed < 36, "\(guessed) of 60 are solved without")
    #expect(try Toys.agent(HRM.self).readsDemonstrations == false)
  }

  /// Each answer is the same, whatever else is asked beside it.
  @Test("Demonstrations of one question do not reach another", arguments: ["f32", "bf16"])
  func questionsAreApart(dtype: String) throws {
    let agent = try Toys.agent(
      TRM.self, Self.settings.merging(["dtype": dtype]) { $1 }, workers: 2)
    for step in 0..<3 { _ = try agent.learn(from: Self.batch(step, count: 5)) }
    let questions = Self.batch(9, count: 7, alwaysTwo: false).questions
    let together = try agent.solve(questions, options: SolveOptions(chains: 2, noise: 0))
    for index in 0..<questions.count {
      let alone = QuestionBatch(
        cells: Toys.cells, questions: Array(questions.question(index)), identifiers: [0],
        demonstrations: [questions.demonstrations[index]])
      #expect(try agent.solve(alone, options: SolveOptions())[0].answer == together[index].answer)
    }
    // Reading them costs operations, which are counted.
    #expect(together[0].cost.flops < together[2].cost.flops)
  }

  @Test("Training with demonstrations resumes bit for bit")
  func resumes() throws {
    let values = Self.settings.merging(["dtype": "bf16", "max-segments": "3"]) { $1 }
    let whole = try Toys.agent(HRM.self, values, workers: 2)
    let first = try Toys.agent(HRM.self, values, workers: 2)
    for step in 0..<4 {
      for agent in [whole, first] {
        _ = try agent.learn(from: Self.batch(step, count: 5, alwaysTwo: false))
      }
    }
    let second = try Toys.agent(HRM.self, values, workers: 2)
    try withTemporaryFolder { folder in
      try first.save(to: folder)
      try second.restore(from: folder, forTraining: true)
    }
    for step in 4..<7 {
      for agent in [whole, second] {
        _ = try agent.learn(from: Self.batch(step, count: 5, alwaysTwo: false))
      }
    }
    #expect(try Toys.weights(of: whole) == Toys.weights(of: second))
  }

  @Test("Rows of memory lie in front of those of demonstrations")
  func memoryLeavesDemonstrationsAlone() throws {
    func made(_ prefixRows: String) throws -> HRM {
      try Toys.agent(
        HRM.self,
        ["memory": "4", "demonstrations": "2", "puzzle-width": "0", "prefix-rows": prefixRows])
    }
    #expect { try made("0") } throws: { "\($0)".contains("memory is 4 with 0 positions") }
    let agent = try made("4")
    for step in 0..<3 { _ = try agent.learn(from: Self.batch(step, count: 5)) }
    // Four rows of memory, two demonstrations in four rows each, and the cells.
    let (d, length) = (8, 4 + 2 * 4 + Toys.cells)
    let memory = try agent.segments(5, of: Self.batch(9, count: 5).questions)[4].states[2]
    #expect(memory.count == 5 * length * d)
    for row in 0..<5 * length {
      let isEmpty = memory[row * d..<(row + 1) * d].allSatisfy { $0 == 0 }
      #expect(isEmpty == (row % length >= 4), "row \(row)")
    }
  }

  @Test("Settings and demonstrations that do not fit are rejected")
  func rejections() throws {
    #expect { try Toys.agent(SymbolEquivariant.self, ["demonstrations": "1"]) } throws: {
      "\($0)".contains("demonstrations is 1")
    }
    let confusing = ["demonstrations": "1", "fresh-symmetry": "true", "puzzle-width": "8"]
    #expect { try Toys.agent(HRM.self, confusing) } throws: { "\($0)".contains("puzzle-width") }
    let agent = try Toys.agent(HRM.self, Self.settings)
    let grids: [[UInt8]] = [[1], [9, 1, 1, 1, 1, 1]]
    for bad in grids.map({ Example(question: $0, answer: $0) }) {
      let questions = QuestionBatch(
        cells: Toys.cells, questions: [1, 1, 1, 1, 1, 1], identifiers: [0],
        demonstrations: [[bad]])
      #expect { try agent.solve(questions, options: SolveOptions()) } throws: {
        "\($0)".contains("a demonstration does not fit")
      }
    }
  }
}
