import Foundation
import Gym
import GymJSON
import GymTraining
import Testing

/// Ranks are threads here; Scripts/mpi-test.py has processes.
@Suite struct RankTests {
  private let test: TestRun

  init() throws {
    test = try TestRun(splits: [
      "train": Array(repeating: [1], count: 7), "test": Array(repeating: [1], count: 10),
    ])
  }

  /// An agent that answers two questions in three.
  private static func agent() -> RuledAgent {
    RuledAgent { question in
      question.reduce(0) { $0 + Int($1) }.isMultiple(of: 3)
        ? Prediction(answer: nil, failure: "too tired")
        : Prediction(answer: RuledAgent.right(question))
    }
  }

  @Test("Ranks share an evaluation, and all get the score of one process", arguments: [2, 3, 11])
  func evaluation(count: Int) throws {
    let evaluation = try Evaluation(
      task: ToyTask(), split: test.data.split("test"), options: SolveOptions(segments: 3),
      batchSize: 4)
    let whole = try evaluation.run(Self.agent())
    let scores = try Ranks.threads(count) { ranks in
      try evaluation.run([Self.agent()], journal: AnswerJournal(nil, ranks: ranks))
    }
    #expect(scores.map(\.overall) == Array(repeating: whole.overall, count: count))
    #expect(scores.map(\.failures) == Array(repeating: whole.failures, count: count))
  }

  @Test("Ranks continue a journal that only rank 0 has")
  func journal() throws {
    let evaluation = try Evaluation(
      task: ToyTask(), split: test.data.split("test"), batchSize: 4)
    let whole = try evaluation.run(Self.agent())
    let file = test.url("answers")
    func journal(resuming: Bool) throws -> Journal {
      try Journal(file, of: ["plan": 1], resuming: resuming)
    }
    _ = try evaluation.run(
      [Self.agent()], journal: AnswerJournal(journal(resuming: false)), report: { $0 < 4 })
    let scores = try Ranks.threads(2) { ranks in
      try evaluation.run(
        [Self.agent()],
        journal: AnswerJournal(
          ranks.isFirst ? Journal(file, of: ["plan": 1], resuming: true) : nil, ranks: ranks))
    }
    #expect(scores.map(\.overall) == [whole.overall, whole.overall])
    #expect(try journal(resuming: true).count == 10)
  }

  @Test("Ranks that have other facts in front of them are told which, and all get the same error")
  func agreement() throws {
    let errors = try Ranks.threads(3) { ranks -> String in
      do {
        try ranks.agree(on: ["data": "same", "seed": JSON(ranks.rank / 2)])
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(errors[0].contains("rank 2") && errors[0].contains("another seed: 1"), "\(errors)")
    #expect(Set(errors).count == 1)
  }

  @Test("An agent that learns in one process is not trained on ranks")
  func learnsAlone() throws {
    let (data, url) = (test.data, test.url("ranks"))
    let errors = try Ranks.threads(2) { ranks -> String in
      do {
        _ = try TrainingPlan(
          agent: ToyAgent.self, settings: Settings(ToyAgent.settings), data: data,
          task: ToyTask(), budget: .steps(4), workers: 1, ranks: ranks
        ).start(in: url)
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(errors.allSatisfy { $0.contains("learns in one process") }, "\(errors)")
    #expect(!FileManager.default.fileExists(atPath: url.path))
  }
}
