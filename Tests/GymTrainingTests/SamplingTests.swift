import Foundation
import Gym
import GymEvaluation
import GymJSON
import GymTraining
import Testing

/// Puzzles that are chosen by a seed.
@Suite struct SamplingTests {
  /// The numbers of the puzzles that an evaluation asks, from the lines that it keeps.
  private func asked(
    _ test: TestRun, limit: Int, seed: UInt64?, batchSize: Int = 4
  ) throws -> [Int] {
    let evaluation = try Evaluation(
      task: ToyTask(), split: test.data.split("test"), batchSize: batchSize, limit: limit,
      sampleSeed: seed)
    var asked: [Int] = []
    let agent = RuledAgent { Prediction(answer: RuledAgent.right($0)) }
    _ = try evaluation.run(
      [agent],
      keep: { line in
        asked.append(Int(line["id"]?.string?.dropFirst("test/".count) ?? "") ?? -1)
      })
    #expect(asked.count == evaluation.count)
    #expect(evaluation.json["sample-seed"] == seed.map { .string("\($0)") } ?? .null)
    return asked
  }

  @Test("A sample depends on the seed alone and covers all ratings")
  func aSampleIsOfTheSeedAndHasEveryRating() throws {
    let test = try TestRun(splits: ["test": Array(repeating: [1], count: 90)])
    #expect(try asked(test, limit: 9, seed: nil) == Array(0..<9))
    let first = try asked(test, limit: 9, seed: 1)
    #expect(Set(first).count == 9 && first == first.sorted())
    #expect(try asked(test, limit: 9, seed: 1, batchSize: 2) == first)
    #expect(try asked(test, limit: 9, seed: 2) != first)
    // Ratings go 0, 1, 2, 0, 1, 2, …: a third of the puzzles has each.
    for seed in 0..<20 as Range<UInt64> {
      let ratings = try asked(test, limit: 9, seed: seed).map { $0 % 3 }.sorted()
      #expect(ratings == [0, 0, 0, 1, 1, 1, 2, 2, 2], "seed \(seed)")
    }
    #expect(try asked(test, limit: 90, seed: 3) == Array(0..<90))
    #expect(try asked(test, limit: 900, seed: 3) == Array(0..<90))
  }

  @Test("Every puzzle can be chosen")
  func everyPuzzleCanBeChosen() throws {
    let test = try TestRun(splits: ["test": Array(repeating: [1], count: 12)])
    var seen: Set<Int> = []
    for seed in 0..<60 as Range<UInt64> { seen.formUnion(try asked(test, limit: 3, seed: seed)) }
    #expect(seen == Set(0..<12))
  }

  @Test("A scaling study and a probe take the sample that an evaluation takes")
  func studiesTakeTheSameSample() throws {
    let test = try TestRun(splits: ["test": Array(repeating: [1], count: 90)])
    let split = try test.data.split("test")
    let sample = try asked(test, limit: 9, seed: 1).map { try split.example($0) }
    func evaluation(halts: Bool = false) throws -> Evaluation {
      try Evaluation(
        task: ToyTask(), split: split, options: SolveOptions(halts: halts), batchSize: 4, limit: 9,
        sampleSeed: 1)
    }
    // From kept thoughts, and by a pass for each point.
    for halts in [false, true] {
      var questions: Set<[UInt8]> = []
      let agent = RuledAgent { question in
        questions.insert(question)
        return Prediction(answer: RuledAgent.right(question))
      }
      let study = try ScaleStudy(evaluation(halts: halts), segments: [1, 2], votes: [1])
      #expect(study.evaluation.json["sample-seed"] == "1")
      let scores = try study.run([agent]).map(\.score.overall)
      #expect(scores == Array(repeating: Proportion(9, of: 9), count: 2))
      #expect(questions == Set(sample.map(\.question)))
    }
    let probe = Probe(try evaluation(), boards: 9)
    #expect(try probe.run(ProbedToy())?.boards.map(\.example) == sample)
  }
}
