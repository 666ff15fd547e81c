import Gym
import GymEvaluation
import GymRandomness
import Testing

/// Three cells, of which the first two are asked: right if they are equal. An answer that begins
/// with "b" crashes the judge's process.
private struct Twins: Task, RatedTask, SolvableTask {
  static let id = PluginID("twins", version: 1)
  static let summary = "Write the same twice."
  static let settings: [Setting] = []
  let settings = Settings([])
  let rules = Self.summary
  let legend: [LegendEntry] = []
  let vocabulary = Vocabulary("_abc")
  let grid = GridShape(rows: 1, columns: 3)
  let levels = [DifficultyLevel("easy", rating: 0...1)]
  let allowsSeveralAnswers: Bool

  private var asked: [Int]?

  init(settings: Settings) { allowsSeveralAnswers = false }
  init(several: Bool = false, asked: [Int]? = nil) {
    (allowsSeveralAnswers, self.asked) = (several, asked)
  }

  func rating(of question: [UInt8]) -> Double? { nil }
  func solve(_ question: [UInt8]) -> Solution { .unsupported }

  func generate(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Example { throw GymError("nothing is generated") }

  func verify(_ answer: [UInt8], for example: Example) throws -> Verdict {
    if answer[0] == 2 { throw GymError("the process crashed", isFault: true) }
    let findings = [Verdict.Finding("equal", answer[0] == answer[1])]
    return answer[0] == answer[1] && answer[0] == example.question[0]
      ? .solved(findings) : .failed("they differ", findings: findings)
  }
}

extension Twins: AskedCellsTask {
  func askedCells(of example: Example) -> [Int] {
    asked ?? example.answer.indices.filter { example.answer[$0] != Vocabulary.padding }
  }
}

@Suite("One judge counts for evaluations, boards, probes and pages") struct JudgeTests {
  private let judge = Judge(Twins())
  private let example = Example(question: [1, 0, 3], answer: [1, 1, 0], rating: 0.5)

  private func judgment(_ answer: [UInt8]?, _ example: Example? = nil) throws -> Judgment {
    try judge.judgment(of: Prediction(answer: answer, segments: 4), to: example ?? self.example)
  }

  @Test("Only asked cells count, and only answers of one token per cell")
  func cells() throws {
    let right = try judgment([1, 1, 3])
    #expect(right.isSolved && right.isAnswered && right.cellShare == 1 && right.segments == 4)
    let half = try judgment([1, 3, 0])
    #expect(!half.isSolved && half.cellShare == 0.5)
    #expect(judge.wrongCells(of: half, in: [1, 3, 0], to: example) == [1])
    let several = Judge(Twins(several: true))
    #expect(several.wrongCells(of: half, in: [1, 3, 0], to: example).isEmpty)

    let short = try judgment([1, 1])
    #expect(!short.isAnswered && short.cellShare == 0 && short.segments == 0)
    #expect(short.verdict.problem == "the answer has 2 cells instead of 3")
    #expect(try judge.judgment(of: nil, to: example).verdict.problem == "no answer")
    let failed = Prediction(answer: nil, failure: "asleep")
    #expect(try judge.judgment(of: failed, to: example).verdict.problem == "asleep")
  }

  @Test("Asked cells that are not there, and those that the label lacks, are never right or wrong")
  func absentCells() throws {
    let judge = Judge(Twins(asked: [-1, 0, 1, 9]))
    let answer: [UInt8] = [1, 3, 0]
    let half = try judge.judgment(of: Prediction(answer: answer), to: example)
    #expect(half.cellShare == 0.25)
    #expect(judge.wrongCells(of: half, in: answer, to: example) == [1])
    let short = Example(question: [1, 0, 3], answer: [1])
    let judgment = try judge.judgment(of: Prediction(answer: answer), to: short)
    #expect(judge.wrongCells(of: judgment, in: answer, to: short).isEmpty)
  }

  @Test("A judge that fails is an error, never a wrong answer")
  func faults() {
    let error = #expect(throws: GymError.self) { try judgment([2, 2, 2]) }
    #expect(error?.isFault == true)
  }

  @Test("A puzzle whose right answer nobody knows counts as unknown unless it is solved")
  func unknown() throws {
    let unknown = Example(question: [1, 0, 3], answer: [0, 0, 0], rating: 0.5)
    #expect(try judgment([1, 1, 3], unknown).isUnknown == false)
    #expect(try judgment([3, 1, 3], unknown).isUnknown)
    #expect(try judgment(nil, unknown).isUnknown)

    var score = Score(levels: Twins().levels)
    let answers: [([UInt8]?, Example)] = [
      ([1, 1, 3], example), (nil, example), ([3, 1, 3], unknown),
    ]
    for (answer, example) in answers {
      let prediction = Prediction(answer: answer, segments: 4, cost: ComputeCost(passes: 1))
      score.add(
        try judge.judgment(of: prediction, to: example), of: prediction, to: example)
    }
    #expect(score.overall == Proportion(1, of: 2) && score.unknown == 1 && score.asked == 3)
    #expect(score.cellAccuracy == 0.5 && score.meanSegments == 4)
    #expect(score.findings == [.init(name: "equal", solved: Proportion(1, of: 2))])
    #expect(score.byRating[0].solved == Proportion(1, of: 2))
    #expect(score.failures == ["no answer": 1] && score.solving.cost.passes == 3)
  }
}
