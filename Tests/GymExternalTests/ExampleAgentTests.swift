import Foundation
import Gym
import GymExternal
import GymRandomness
import GymTesting
import Testing

/// External agents as agents, and those under Examples.
@Suite(.needsPython) struct ExampleAgentTests {
  @Test("An external agent passes the conformance suite")
  func anExternalAgentConforms() {
    let report = Conformance.check(ConformingAgent.self)
    #expect(report.isEmpty, "\(report)")
  }

  @Test("The backtracking example solves every Sudoku", arguments: [4, 6, 9])
  func backtrackingSolvesEverySudoku(_ size: Int) throws {
    let board = SudokuBoard(size: size)
    var random = RandomStream(seed: 5, "sudoku \(size)")
    var questions = (0..<20).map { _ in board.question(using: &random) }
    if size == 9 {
      // A puzzle with one answer and only 17 clues (Norvig, "Solving Every Sudoku Puzzle", 2006).
      let hard =
        "4.....8.5.3..........7......2.....6.....8.4......1.......6.3.7.5..2.....1.4......"
      questions.append(try board.task.vocabulary.tokens(hard))
    }
    let agent = try Self.agent("agent_sudoku.py", for: board.task)
    #expect(agent.name == "backtracking")
    let answers = try agent.solve(
      QuestionBatch(
        cells: size * size, questions: questions.flatMap { $0 },
        identifiers: questions.map { _ in 0 }), options: SolveOptions())
    #expect(answers.count == questions.count)
    for (question, answer) in zip(questions, answers) {
      #expect(
        board.accepts(answer.answer ?? [], to: question),
        "\(question): \(answer.failure ?? "a wrong answer")")
    }
  }

  @Test("The backtracking example says if a puzzle has no answer")
  func backtrackingSaysWhereThereIsNoAnswer() throws {
    let board = SudokuBoard(size: 4)
    let agent = try Self.agent("agent_sudoku.py", for: board.task)
    let questions = try ["11..............", "12..34......1.2.", "123....4........"]
      .flatMap { try board.task.vocabulary.tokens($0) }
    let answers = try agent.solve(
      QuestionBatch(cells: 16, questions: questions, identifiers: [0, 0, 0]),
      options: SolveOptions())
    #expect(answers.map(\.failure) == Array(repeating: "the agent gave no answer", count: 3))
  }

  @Test("The example agent is short and needs no package")
  func theExampleIsShortAndNeedsNothing() throws {
    let script = Python.examples.appendingPathComponent("agent_sudoku.py")
    let lines = try String(contentsOf: script, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 60)
    #expect(
      lines.filter { $0.hasPrefix("import") } == ["import json", "import math", "import sys"])
  }

  /// An agent of the examples, for a task.
  static func agent(
    _ name: String, _ arguments: String = "", for task: Letters, _ values: [String: String] = [:]
  ) throws -> ExternalAgent {
    var settings = Settings(ExternalAgent.settings)
    for (name, value) in values { try settings.set(name, to: value) }
    return try ExternalAgent(
      command: Python.example(name, arguments), task: TaskDescription(task), settings: settings,
      context: AgentContext(
        vocabularyCount: task.vocabulary.count, grid: task.grid, batchSize: 8, seed: 1, workers: 1))
  }
}
