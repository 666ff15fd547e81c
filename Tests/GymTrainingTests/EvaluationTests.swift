import Foundation
import Gym
import GymEvaluation
import GymJSON
import GymTraining
import Testing

@Suite struct EvaluationTests {
  private let test: TestRun

  init() throws {
    test = try TestRun(splits: ["test": Array(repeating: [1], count: 10)])
  }

  private func evaluation(_ limit: Int? = nil) throws -> Evaluation {
    try Evaluation(
      task: ToyTask(), split: test.data.split("test"), options: SolveOptions(segments: 3),
      batchSize: 4, limit: limit)
  }

  @Test("The score counts the answers that the rules accept")
  func theScoreCountsWhatTheRulesSay() throws {
    let score = try evaluation().run(ScriptedAgent())
    // Puzzle 0 of 10 fails, 1 misses one cell, the rest is right; ratings go 0, 1, 2, 0, 1, 2, …
    #expect(score.overall.count == 10)
    #expect(score.overall.successes == 8)
    #expect(abs(score.cellAccuracy - (8 + 5.0 / 6) / 10) < 1e-12)
    #expect(score.meanSegments == 3)
    #expect(score.failures == ["too tired": 1])
    #expect(score.byRating.map(\.name) == ["easy", "hard"])
    #expect(score.byRating.map(\.solved.count) == [7, 3])
    #expect(score.byRating.map(\.solved.successes) == [5, 3])
    #expect(score.findings.map(\.name) == ["whole"])
    #expect(score.findings[0].solved.successes == 9)
    #expect(score.json["exact"]?["accuracy"]?.number == 0.8)
  }

  @Test("Every answer is written to the predictions file")
  func everyAnswerIsWrittenDown() throws {
    let file = test.url("predictions.jsonl")
    let writer = try JSONLinesWriter(to: file, .new)
    _ = try evaluation(5).run(ScriptedAgent(), keepingPredictions: writer)
    try writer.close()
    var lines: [JSON] = []
    let reader = try JSONLinesReader(contentsOf: file)
    while let line = try reader.next() { lines.append(line) }
    #expect(lines.map { $0["id"] } == (0..<5).map { .string("test/\($0)") })
    #expect(lines[0]["answer"]?.isNull == true)
    #expect(lines[0]["failure"] == "too tired")
    let example = try test.data.split("test").example(2)
    #expect(lines[2]["answer"] == .string(ToyTask().vocabulary.text(example.answer)))
    #expect(lines[2]["confidence"] == 0.25)
    #expect(lines[2]["segments"] == 3)
  }

  @Test("The cost of solving is recorded")
  func solvingIsCounted() throws {
    let agent = RuledAgent { Prediction(answer: RuledAgent.right($0)) }
    let score = try evaluation().run(agent)
    #expect(score.solving.cost == ComputeCost(flops: 30, passes: 10, tokens: 20))
    #expect(score.solving.seconds > 0)
    #expect(score.json["solving"]?["tokens"] == 20)
    let usage = AgentUsage(parameters: 0, training: nil, solving: score.solving, puzzles: 10)
    #expect(usage.flopsPerPuzzle == 3 && usage.tokensPerPuzzle == 2)
  }

  @Test("Invalid costs count as zero")
  func aCostThatCannotBeOneCountsAsNone() throws {
    let strange = [Double.nan, .infinity, -1].map {
      ComputeCost(flops: $0, passes: .max, tokens: -5)
    }
    let score = try evaluation().run(CostlyAgent(costs: strange))
    #expect(score.solving.cost.flops == 0 && score.solving.cost.tokens == 0)
    #expect(score.solving.cost.passes == 10 << 40)
  }

  @Test("Thoughts are written if they are kept")
  func thoughtsAreWrittenWhereTheyAreKept() throws {
    let file = test.url("thoughts.jsonl")
    let writer = try JSONLinesWriter(to: file, .new)
    let agent = RuledAgent(bySegments: { question, segments in
      Prediction(answer: segments == 2 ? RuledAgent.right(question) : question)
    })
    let options = SolveOptions(segments: 2, keepsThoughts: true)
    let evaluation = try Evaluation(
      task: ToyTask(), split: test.data.split("test"), options: options, limit: 1)
    _ = try evaluation.run(agent, keepingPredictions: writer)
    try writer.close()
    let line = try #require(try JSONLinesReader(contentsOf: file).next())
    let text = try ToyTask().vocabulary.text(evaluation.split.question(0))
    #expect(line["thoughts"]?[0] == .string(text))
    #expect(line["thoughts"]?[1] == line["answer"])
    #expect(line["thoughts"]?.array?.count == 2)
  }

  @Test("An evaluation stops if a stop is requested")
  func anEvaluationStopsWhenTold() throws {
    let score = try evaluation().run(ScriptedAgent()) { $0 < 8 }
    #expect(score.overall.count == 8)
  }

  @Test("Several chains are refused for an agent that would ignore them")
  func chainsNeedStates() throws {
    let test = try TestRun(splits: ["test": [[1], [1]]])
    let evaluation = try Evaluation(
      task: ToyTask(), split: test.data.split("test"), options: SolveOptions(chains: 4))
    #expect { try evaluation.run(RuledAgent { Prediction(answer: $0) }) } throws: {
      "\($0)".contains("4 chains") && "\($0)".contains("ruled@1")
    }
    #expect(try evaluation.run(ProbedToy()).asked == 2)
  }
}

/// An agent that fails on the first puzzle, errs on the second, and is right from then on.
private final class ScriptedAgent: Agent {
  static let id = PluginID("scripted", version: 1)
  static let summary = ""
  static let settings: [Setting] = []
  private var asked = 0

  init() {}
  init(settings: Settings, context: AgentContext) {}

  func solve(_ questions: QuestionBatch, options: SolveOptions) -> [Prediction] {
    (0..<questions.count).map { index in
      defer { asked += 1 }
      var answer = questions.question(index).map { $0 % 4 + 1 }
      if asked == 0 { return Prediction(answer: nil, segments: 3, failure: "too tired") }
      if asked == 1 { answer[0] = answer[0] % 4 + 1 }
      return Prediction(answer: answer, confidence: 0.25, segments: options.segments ?? 1)
    }
  }
}

/// An agent that reports given costs.
private final class CostlyAgent: Agent {
  static let id = PluginID("costly", version: 1)
  static let summary = ""
  static let settings: [Setting] = []
  private let costs: [ComputeCost]

  init(costs: [ComputeCost]) {
    self.costs = costs
  }

  init(settings: Settings, context: AgentContext) {
    costs = [ComputeCost()]
  }

  func solve(_ questions: QuestionBatch, options: SolveOptions) -> [Prediction] {
    (0..<questions.count).map { Prediction(answer: nil, cost: costs[$0 % costs.count]) }
  }
}
