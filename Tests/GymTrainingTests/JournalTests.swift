import Foundation
import Gym
import GymEvaluation
import GymJSON
import GymTraining
import Testing

/// Interrupted work continues to the result of uninterrupted work, and repeats nothing.
@Suite struct JournalTests {
  private let test: TestRun

  init() throws {
    test = try TestRun(splits: ["test": Array(repeating: [1], count: 25)])
  }

  /// An agent that is stopped after some questions.
  private final class StoppableAgent: Agent {
    static let id = PluginID("stoppable", version: 1)
    static let summary = ""
    static let settings: [Setting] = []
    private let inner: RuledAgent
    private var left: Int
    var asked: Int { inner.asked }

    init(_ inner: RuledAgent, after left: Int = .max) {
      (self.inner, self.left) = (inner, left)
    }

    init(settings: Settings, context: AgentContext) {
      (inner, left) = (RuledAgent(settings: settings, context: context), .max)
    }

    func solve(_ questions: QuestionBatch, options: SolveOptions) throws -> [Prediction] {
      var predictions: [Prediction?] = []
      for index in 0..<questions.count {
        guard left > 0 else {
          options.stop?.request()
          throw StoppedSolving(
            predictions + Array(repeating: nil, count: questions.count - index))
        }
        left -= 1
        let one = QuestionBatch(
          cells: questions.cells, questions: Array(questions.question(index)),
          identifiers: [questions.identifiers[index]])
        predictions += inner.solve(one, options: options)
      }
      return predictions.compactMap { $0 }
    }
  }

  /// Right if a question's first letter lets it; surely without end, and an answer of no task.
  private func ladder() -> RuledAgent {
    RuledAgent(bySegments: { question, segments in
      if question[0] == 4, question[1] == 4 {
        return Prediction(answer: nil, confidence: .nan, failure: "no idea")
      }
      let isSolved = segments >= Int(question[0])
      return Prediction(
        answer: isSolved ? RuledAgent.right(question) : question + [200],
        confidence: (question[1] == 2 ? 2 : 1) / 3.0 + Double(question[1]) * 1e-17)
    })
  }

  private func evaluation(
    segments: Int? = 2, voting: VotingOptions = VotingOptions()
  ) throws -> Evaluation {
    try Evaluation(
      task: RingTask(), split: test.data.split("test"),
      options: SolveOptions(segments: segments, keepsThoughts: voting.copies == 1),
      voting: voting, batchSize: 8)
  }

  private func journal(_ resuming: Bool, plan: JSON = ["what": "a test"]) throws -> Journal {
    try Journal(test.url("journal"), of: plan, resuming: resuming)
  }

  /// The facts of a score that do not depend on the clock.
  private func facts(_ score: Score) -> JSON {
    var json = score.json.object ?? [:]
    json["solving"] = ["flops": .number(score.solving.cost.flops)]
    return .object(json)
  }

  @Test(
    "A stopped evaluation resumes to the same score", arguments: [0, 1, 7, 8, 11, 24],
    [
      VotingOptions(), VotingOptions(copies: 3), VotingOptions(copies: 3, stopsWhenSure: true),
    ])
  func aStoppedEvaluationGoesOnToTheSameScore(after: Int, voting: VotingOptions) throws {
    var whole: [JSON] = []
    let evaluation = try evaluation(voting: voting)
    let unstopped = ladder()
    let expected = try evaluation.run([unstopped], keep: { whole.append($0) })
    #expect((unstopped.asked < 25 * voting.copies) == voting.stopsWhenSure)

    let stopped = StoppableAgent(ladder(), after: after)
    let part = try evaluation.run(
      [stopped], journal: AnswerJournal(journal(false)), stop: StopRequest())
    #expect(part.overall.count < 25 && stopped.asked == after)
    if voting.copies == 1 { #expect(part.overall.count == after) }

    // A process that was killed has cut its last line.
    let handle = try FileHandle(forWritingTo: test.url("journal"))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("{\"pass\":".utf8))
    try handle.close()

    // It is stopped a second time, and continues a second time.
    let again = StoppableAgent(ladder(), after: 5)
    _ = try evaluation.run([again], journal: AnswerJournal(journal(true)), stop: StopRequest())
    let rest = StoppableAgent(ladder())
    var lines: [JSON] = []
    let score = try evaluation.run(
      [rest], journal: AnswerJournal(journal(true)), keep: { lines.append($0) })
    #expect(facts(score) == facts(expected))
    #expect(lines == whole)
    #expect(stopped.asked + again.asked + rest.asked == unstopped.asked)
  }

  @Test("A stopped evaluation of an ensemble resumes")
  func anEnsembleGoesOn() throws {
    let evaluation = try evaluation(voting: VotingOptions(copies: 3))
    let expected = try evaluation.run([ladder(), RuledAgent { Prediction(answer: $0) }])
    _ = try evaluation.run(
      [ladder(), StoppableAgent(RuledAgent { Prediction(answer: $0) }, after: 30)],
      journal: AnswerJournal(journal(false)), stop: StopRequest())
    let score = try evaluation.run(
      [ladder(), RuledAgent { Prediction(answer: $0) }], journal: AnswerJournal(journal(true)))
    #expect(facts(score) == facts(expected))
  }

  @Test("A stopped scaling study resumes", arguments: [0, 5, 20, 33, 55, 70], [true, false])
  func aStoppedScaleGoesOn(after: Int, shows: Bool) throws {
    let study = try ScaleStudy(evaluation(segments: nil), segments: [1, 2, 3], votes: [1])
    func agent() -> RuledAgent {
      let agent = RuledAgent(bySegments: { question, segments in
        Prediction(
          answer: segments >= Int(question[0]) ? RuledAgent.right(question) : question)
      })
      agent.shows = shows
      return agent
    }
    func facts(_ points: [ScalePoint]) -> [JSON] {
      points.map { ["at": JSON($0.segments), "score": self.facts($0.score)] }
    }
    let stopped = StoppableAgent(agent(), after: after)
    _ = try study.run(
      [stopped], journal: AnswerJournal(journal(false)), stop: StopRequest())
    let rest = StoppableAgent(agent())
    let points = try study.run([rest], journal: AnswerJournal(journal(true)))
    let whole = StoppableAgent(agent())
    #expect(try facts(points) == facts(study.run([whole])))
    #expect(stopped.asked + rest.asked == whole.asked)
  }

  @Test("A stopped probe resumes")
  func aStoppedProbeGoesOn() throws {
    let test = try TestRun(splits: ["test": Array(repeating: [1], count: 200)])
    let probe = Probe(
      try Evaluation(task: ToyTask(), split: test.data.split("test")), starts: 2, boards: 100)
    let expected = try #require(try probe.run(ProbedToy()))
    let url = test.url("probe")
    var puzzles = 0
    let stopped = try probe.run(
      ProbedToy(), journal: Journal(url, of: [:], resuming: false)
    ) { _, done in
      puzzles = done
      return done < 128
    }
    #expect(stopped == nil && puzzles == 128)
    let report = try #require(
      try probe.run(ProbedToy(), journal: Journal(url, of: [:], resuming: true)))
    #expect(report == expected)
  }

  @Test("The journal of other work is not resumed")
  func anotherWorkIsNotGoneOnWith() throws {
    _ = try journal(false, plan: ["votes": 1, "split": "test"])
    let error = #expect(throws: GymError.self) {
      try journal(true, plan: ["votes": 8, "split": "test"])
    }
    #expect(error?.what.contains("votes") == true && error?.what.contains("split") == false)
    try Data("{\"id\":\"test/0\"}\n".utf8).write(to: test.url("journal"))
    #expect(throws: GymError.self) { try journal(true) }
  }

  @Test("Only one process at a time writes a journal")
  func oneProcessAtATimeWrites() throws {
    let first = try journal(false)
    #expect(throws: GymError.self) { try journal(true) }
    withExtendedLifetime(first) {}
  }

  @Test("A journal that another process is writing is left as it is, and a missing one is told")
  func journalIsLockedBeforeItIsRepaired() throws {
    let first = try journal(false)
    let file = try FileHandle(forWritingTo: first.url)
    try file.seekToEnd()
    try file.write(contentsOf: Data("{\"half\": ".utf8))
    let before = try Data(contentsOf: first.url)
    #expect { try journal(true) } throws: { "\($0)".contains("another process is writing it") }
    #expect(try Data(contentsOf: first.url) == before)
    let missing = test.url("missing")
    #expect { try Journal(missing, of: [:], resuming: true) } throws: {
      "\($0)".contains("nothing to continue")
    }
    #expect(!FileManager.default.fileExists(atPath: missing.path))
    withExtendedLifetime(first) {}
  }
}
