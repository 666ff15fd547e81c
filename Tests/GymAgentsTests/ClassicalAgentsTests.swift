import Foundation
import Gym
import GymAgents
import GymJSON
import GymRandomness
import GymTestSupport
import GymTesting
import Testing

/// The agents that learn nothing, or that only count.
@Suite struct ClassicalAgentsTests {
  static let context = AgentContext(
    vocabularyCount: 6, grid: GridShape(rows: 1, columns: 4), batchSize: 3, seed: 7, workers: 1)

  @Test("The classical agents pass the conformance suite")
  func conform() {
    #expect(Conformance.check(MostFrequent.self).isEmpty)
    #expect(Conformance.check(RandomLegal.self).isEmpty)
  }

  /// Questions of clues 2…5 and blanks 1, which the labels fill.
  static let batch = TrainingBatch(
    questions: QuestionBatch(
      cells: 4, questions: [2, 1, 1, 5] + [3, 1, 4, 1] + [1, 1, 4, 5], identifiers: [0, 0, 0]),
    labels: [2, 3, 4, 5] + [3, 3, 4, 2] + [5, 2, 4, 5])

  @Test("most-frequent counts labels per cell and keeps given cells")
  func theMostFrequentIsCountedByCellAndWhatIsGivenStays() throws {
    let agent = try MostFrequent(settings: Settings([]), context: Self.context)
    let report = try agent.learn(from: Self.batch)
    // Before it has counted anything, it copies: the six clues of twelve cells are right.
    #expect(abs(report.loss - 0.5) < 1e-12 && report.exact == 0)
    let asked = QuestionBatch(
      cells: 4, questions: [1, 1, 1, 1] + [4, 2, 1, 3], identifiers: [0, 0])
    let answers = try agent.solve(asked, options: SolveOptions())
    // Cell 0 had 2, 3 and 5 once: the first of equals.
    #expect(answers.map(\.answer) == [[2, 3, 4, 5], [4, 2, 4, 3]])
  }

  @Test("random-legal keeps given cells and uses only tokens of answers")
  func randomAnswersKeepWhatIsGivenAndUseWhatAnswersHold() throws {
    let agent = try RandomLegal(settings: Settings([]), context: Self.context)
    _ = try agent.learn(from: Self.batch)
    var random = RandomStream(seed: 3, "questions")
    var seen: Set<UInt8> = []
    for _ in 0..<200 {
      let question = (0..<4).map { _ in UInt8(random.integer(in: 1...5)) }
      let asked = QuestionBatch(cells: 4, questions: question, identifiers: [0])
      let answer = try #require(agent.solve(asked, options: SolveOptions())[0].answer)
      for (token, label) in zip(question, answer) {
        if token == 1 { seen.insert(label) } else { #expect(token == label) }
      }
    }
    // Blanks were only ever filled with these.
    #expect(seen == [2, 3, 4, 5])
  }

  @Test("random-legal answers differently under another seed")
  func anotherSeedAnswersOtherwise() throws {
    let asked = QuestionBatch(
      cells: 4, questions: Array(repeating: 1, count: 400), identifiers: (0..<100).map { _ in 0 })
    let answers = try [UInt64(1), 2].map { seed in
      let agent = try RandomLegal(
        settings: Settings([]),
        context: AgentContext(
          vocabularyCount: 6, grid: GridShape(rows: 1, columns: 4), batchSize: 3, seed: seed,
          workers: 1))
      _ = try agent.learn(from: Self.batch)
      return try agent.solve(asked, options: SolveOptions()).map(\.answer)
    }
    #expect(answers[0] != answers[1])
  }

  @Test("Tokens outside the vocabulary are rejected")
  func foreignTokensAreRefused() throws {
    let agent = try MostFrequent(settings: Settings([]), context: Self.context)
    let foreign = QuestionBatch(cells: 4, questions: [1, 2, 3, 6], identifiers: [0])
    #expect(throws: GymError.self) { try agent.solve(foreign, options: SolveOptions()) }
    let known = QuestionBatch(cells: 4, questions: [1, 2, 3, 4], identifiers: [0])
    #expect(throws: GymError.self) {
      try agent.learn(from: TrainingBatch(questions: known, labels: [1, 2, 3, 9]))
    }
  }

  @Test("The solver answers by the rules, and says if a task has none")
  func theSolverAnswersByTheRulesAndSaysWhereItCannot() throws {
    let task = try Halves(settings: Settings([]))
    let context = AgentContext(
      vocabularyCount: 4, grid: task.grid, batchSize: 1, seed: 1, workers: 1)
    let solver = try RuleSolver(settings: Settings([]), context: context, task: task)
    let asked = QuestionBatch(
      cells: 2, questions: [1, 2] + [2, 2] + [3, 3] + [3, 1], identifiers: [0, 0, 0, 0])
    let answers = try solver.solve(asked, options: SolveOptions(keepsThoughts: true))
    #expect(answers.map(\.answer) == [[2, 1], [2, 2], nil, nil])
    #expect(
      answers.map(\.failure) == [
        nil, nil, "the puzzle has no solution", "this is not a puzzle of halves@1: it mixes",
      ])
    #expect(answers[0].thoughts == [[2, 1]])
    #expect(throws: GymError.self) { try RuleSolver(settings: Settings([]), context: context) }
    #expect(throws: GymError.self) {
      try RuleSolver(settings: Settings([]), context: Self.context, task: task)
    }
  }

  @Test("Saved counts that would overflow are rejected", arguments: ["labels-by-token", "steps"])
  func endlessCountsAreRefused(_ name: String) throws {
    try withTemporaryFolder { folder in
      let agent = try MostFrequent(settings: Settings([]), context: Self.context)
      try agent.save(to: folder)
      let file = folder.appendingPathComponent("counts.json")
      var state = try #require(JSON(contentsOf: file).object)
      state[name] =
        name == "steps" ? JSON(Int.max) : .array(Array(repeating: JSON(Int.max), count: 36))
      try JSON.object(state).write(to: file, style: .compact)
      #expect(throws: GymError.self) { try agent.restore(from: folder, forTraining: true) }
    }
  }
}

/// A toy task whose solver has every possible outcome.
private struct Halves: Task, SolvableTask {
  static let id = PluginID("halves", version: 1)
  static let summary = "swap the halves"
  static let settings: [Setting] = []

  let settings: Settings
  let rules = Self.summary
  let legend: [LegendEntry] = []
  let allowsSeveralAnswers = false
  let vocabulary = Vocabulary("_abc")
  let grid = GridShape(rows: 1, columns: 2)

  init(settings: Settings) throws { self.settings = settings }

  func generate(_ request: GenerationRequest, using random: inout RandomStream) throws -> Example {
    Example(question: [1, 2], answer: [2, 1])
  }

  func verify(_ answer: [UInt8], for example: Example) -> Verdict {
    answer == example.question.reversed() ? .solved() : .failed("it is not swapped")
  }

  func solve(_ question: [UInt8]) -> Solution {
    if question == [3, 3] { return .none }
    if question.contains(3) { return .invalid("it mixes") }
    return question[0] == question[1] ? .several(question) : .unique(question.reversed())
  }
}
