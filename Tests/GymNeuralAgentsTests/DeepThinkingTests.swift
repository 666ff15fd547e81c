import Gym
import GymNeuralAgents
import GymTestSupport
import Testing

/// The recurrent convolution: other grids, many iterations, and an independent PyTorch version of
/// it (Fixtures/deep-thinking/README.md).
@Suite struct DeepThinkingTests {
  private func agent(
    _ values: [String: String], rows: Int, columns: Int, batch: Int = 5
  ) throws -> DeepThinking {
    var settings = Settings(DeepThinking.settings)
    for (name, value) in values { try settings.set(name, to: value) }
    return try DeepThinking(
      settings: settings,
      context: AgentContext(
        vocabularyCount: Toys.vocabulary, grid: GridShape(rows: rows, columns: columns),
        puzzleIdentifiers: 3, batchSize: batch, seed: 1, workers: 2))
  }

  @Test("Every recorded number of the deep-thinking network agrees", arguments: ["norm", "relu"])
  func everyNumberAgrees(ending: String) throws {
    let recorded = try RecordedModel("deep-thinking", variant: ending)
    var values = ["ending": ending, "progressive": "0"]
    for name in ["hidden", "blocks", "iterations"] { values[name] = try "\(recorded.size(name))" }
    let agent = try agent(
      values, rows: recorded.size("rows"), columns: recorded.size("columns"),
      batch: recorded.size("batch"))
    try recorded.expectEqual(agent, states: ["z"])
  }

  @Test("An odd hidden size is rejected without a word about heads, which there are none of")
  func oddHiddenSize() {
    #expect { try agent(["hidden": "33"], rows: 2, columns: 3) } throws: {
      let text = "\($0)"
      return text.contains("hidden is 33") && text.contains("even") && !text.contains("head")
    }
  }

  /// Trained on 2×3 cells; a grid of 20×20 holds the same neighborhoods. A thousand iterations
  /// leave every number finite.
  @Test("Weights trained on small grids answer larger ones")
  func trainedWeightsAnswerLargerGrids() throws {
    let values = ["hidden": "8", "blocks": "1", "iterations": "8", "batch": "5"]
    let small = try agent(values, rows: 2, columns: 3)
    for step in 0..<5 { _ = try small.learn(from: Toys.batch(step)) }
    let large = try agent(values, rows: 20, columns: 20)
    try withTemporaryFolder { folder in
      try small.save(to: folder)
      try large.restore(from: folder, forTraining: false)
    }
    #expect(DeepThinking.answersOtherGrids && large.parameterCount == small.parameterCount)
    let question = QuestionBatch(
      cells: 400, questions: (0..<400).map { UInt8(1 + $0 % 4) }, identifiers: [0])
    let answer = try large.solve(question, options: SolveOptions(segments: 128))[0]
    #expect(answer.answer?.count == 400 && answer.segments == 128)
    let numbers = try large.segments(128, of: question)
    #expect(numbers[127].states[0].allSatisfy { $0.isFinite })
  }

  /// A step draws how many iterations it runs, without and with gradient, and counts those.
  @Test("Progressive steps draw their iterations, and only those are counted")
  func progressiveStepsCostLess() throws {
    let values = ["hidden": "8", "blocks": "1", "iterations": "6", "batch": "5"]
    func costs(_ progressive: String) throws -> [Double] {
      let agent = try agent(
        values.merging(["progressive": progressive]) { $1 }, rows: 2, columns: 3)
      return try (0..<12).map { try agent.learn(from: Toys.batch($0)).cost.flops }
    }
    // 9 · D² numbers a convolution, 3 of them an iteration, and one for the question.
    let convolution = Double(2 * 6 * 9 * 64)
    let heads = Double(2 * 8 * (6 * 5 + 1))
    let whole = try costs("0")
    #expect(Set(whole) == [5 * 3 * (convolution * (1 + 3 * 6) + heads)])
    let drawn = try costs("1")
    #expect(Set(drawn).count > 3 && drawn.allSatisfy { $0 <= whole[0] })
    #expect(try costs("1") == drawn)
  }
}
