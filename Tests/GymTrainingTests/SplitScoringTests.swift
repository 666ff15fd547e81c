import Gym
import GymRandomness
import GymTraining
import Testing

/// Scores of a split as a whole.
@Suite struct SplitScoringTests {
  @Test("A task that scores the split gets the answer of every vote, mapped back")
  func everyVoteIsTold() throws {
    let test = try TestRun(splits: ["test": Array(repeating: [1], count: 10)])
    // Of a puzzle's four copies, one begins with the letter 1.
    let agent = RuledAgent { question in
      Prediction(answer: question[0] == 1 ? question : RuledAgent.right(question))
    }
    for (copies, rights) in [(1, nil), (4, 30)] as [(Int, Int?)] {
      let score = try Evaluation(
        task: CountedTask(), split: test.data.split("test"), voting: VotingOptions(copies: copies),
        batchSize: 3
      ).run(agent)
      let whole = try #require(score.whole)
      #expect(whole.notes[0] == "\(10 * copies) answers")
      if let rights { #expect(whole.notes[1] == "\(rights) right") }
    }
  }

  @Test("The attempt that the agent is sure of outvotes those before it")
  func aSureAttemptOutvotes() throws {
    let test = try TestRun(splits: ["test": Array(repeating: [1], count: 10)])
    // The doubtful copies agree: counted alike, they would win whenever they are two of three.
    let agent = RuledAgent { question in
      let isSure = question[0] == 1
      return Prediction(
        answer: isSure ? RuledAgent.right(question) : question, confidence: isSure ? 0.9 : 0.4)
    }
    let score = try Evaluation(
      task: CountedTask(), split: test.data.split("test"),
      voting: VotingOptions(copies: 4, stopsWhenSure: true), batchSize: 3
    ).run(agent)
    #expect(score.overall.successes == 10)
    #expect((11..<40).contains(agent.asked))
    // Of four possible votes on each puzzle, all are for the sure answer.
    let whole = try #require(score.whole)
    #expect(whole.notes == ["\(agent.asked + 30) answers", "40 right"])
  }
}

/// The toy task with symmetries, whose scorer counts answers.
private struct CountedTask: Task, ListedSymmetryTask, SplitScoring {
  static let id = PluginID("counted", version: 1)
  static let summary = ToyTask.summary
  static let settings: [Setting] = []
  let settings = Settings([])
  let rules = Self.summary
  let legend: [LegendEntry] = []
  let vocabulary = ToyTask().vocabulary
  let grid = ToyTask().grid
  let symmetries = RingTask().symmetries

  init(settings: Settings = Settings([])) {}

  func generate(_ request: GenerationRequest, using random: inout RandomStream) -> Example {
    ToyTask().generate(request, using: &random)
  }

  func verify(_ answer: [UInt8], for example: Example) -> Verdict {
    ToyTask().verify(answer, for: example)
  }

  func splitScorer() -> any SplitScorer { Counter() }

  func scores(
    ofSubmission submission: PuzzleSource, on puzzles: PuzzleSource
  ) throws -> SplitReport {
    throw GymError("there are no submissions")
  }

  private struct Counter: SplitScorer {
    var (answers, rights) = (0, 0)

    mutating func add(_ answer: SplitAnswer) {
      answers += 1
      rights += answer.answer == answer.example.answer ? 1 : 0
    }

    func report() -> SplitReport {
      SplitReport(scores: [], notes: ["\(answers) answers", "\(rights) right"])
    }
  }
}
