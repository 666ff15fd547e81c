import ARC
import Foundation
import Gym
import Randomness
import Testing

/// A split's answers taken together: the votes of variants, the scores, the submission.
@Suite struct SplitScoringTests {
  /// Two tasks with one and two questions, as originals and variants.
  private func puzzles(using random: inout RandomStream) throws -> (ARC, [[Puzzle]]) {
    let arc = try makeARC()
    var families: [[Puzzle]] = []
    for questions in [1, 2] {
      var puzzle = try arc.generatePuzzle(GenerationRequest(), using: &random)
      if questions == 2 { puzzle.examples.append(puzzle.demonstrations.removeLast()) }
      families.append([puzzle] + arc.augmentations(of: puzzle, count: 4, using: &random))
    }
    return (arc, families)
  }

  /// Lets `answer` answer each question of each variant.
  private func report(
    _ arc: ARC, _ families: [[Puzzle]],
    _ answer: (_ task: Int, _ variant: Int, _ position: Int, Example) -> [UInt8]?
  ) throws -> SplitReport {
    var scorer = arc.splitScorer()
    for (task, family) in families.enumerated() {
      for (variant, puzzle) in family.enumerated() {
        for (position, example) in puzzle.examples.enumerated() {
          scorer.add(
            SplitAnswer(
              to: example, puzzle: puzzle.name, position: position,
              answer: answer(task, variant, position, example), confidence: 0.5))
        }
      }
    }
    return try scorer.report()
  }

  private func points(_ report: SplitReport) -> [String: Double] {
    Dictionary(uniqueKeysWithValues: report.scores.map { ($0.name, $0.points) })
  }

  @Test func variantsVoteForTheirTask() throws {
    var random = RandomStream(seed: 1, "split scoring")
    let (arc, families) = try puzzles(using: &random)
    let right = try report(arc, families) { $3.answer }
    #expect(right.scores.map(\.count) == [2, 2, 3])
    #expect(right.scores.map(\.value) == [1, 1, 1])

    // Two of five variants are right: enough for the second of two attempts.
    let blank = ARCCanvas.encode(try ARCGrid([[0, 0, 0]]))
    let minority = try report(arc, families) { _, variant, _, example in
      variant < 2 ? example.answer : blank
    }
    #expect(minority.scores.map(\.value) == [1, 1, 1])
    // Of the second task, the second question alone is not answered by anyone.
    let half = try report(arc, families) { task, _, position, example in
      task == 1 && position == 1 ? nil : example.answer
    }
    #expect(
      points(half) == [
        "arc-tasks-pass@2": 1, "arc-shares-pass@2": 1.5, "arc-questions-pass@2": 2,
      ])
    let none = try report(arc, families) { _, _, _, _ in nil }
    #expect(none.scores.map(\.points) == [0, 0, 0] && none.scores.map(\.count) == [2, 2, 3])
  }

  @Test func questionsElsewhereOnTheCanvasVoteToo() throws {
    var random = RandomStream(seed: 2, "split scoring")
    let (arc, families) = try puzzles(using: &random)
    let moved = families.map { family in
      family.map { puzzle in
        Puzzle(name: puzzle.name, examples: arc.placed(puzzle.examples, using: &random))
      }
    }
    #expect(try report(arc, moved) { $3.answer }.scores.map(\.value) == [1, 1, 1])
  }

  @Test func theSubmissionIsReadAndScoredAlike() throws {
    var random = RandomStream(seed: 3, "split scoring")
    let (arc, families) = try puzzles(using: &random)
    let half = try report(arc, families) { task, _, position, example in
      task == 1 && position == 1 ? nil : example.answer
    }
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("submission.json")
      try write(try #require(half.submission), to: file)
      let tasks = folder.appendingPathComponent("tasks")
      for family in families {
        try write(
          try #require(try arc.fileText(of: family[0], as: .arcJSON)),
          to: tasks.appendingPathComponent("\(try #require(family[0].name)).json"))
      }
      let scores = try arc.scores(ofSubmission: PuzzleSource(file), on: PuzzleSource(tasks))
      #expect(scores == half.scores)

      let other = folder.appendingPathComponent("other.json")
      try write(#"{"x":[{"attempt_1":[[1]],"attempt_2":[[1]]}]}"#, to: other)
      #expect(throws: GymError.self) {
        try arc.scores(ofSubmission: PuzzleSource(other), on: PuzzleSource(tasks))
      }
    }
  }

  @Test func strangeAnswersTakeNoPart() throws {
    var random = RandomStream(seed: 4, "split scoring")
    let (arc, families) = try puzzles(using: &random)
    let garbage = try report(arc, families) { _, variant, _, _ in
      variant == 0 ? [] : [UInt8](repeating: 255, count: 900)
    }
    #expect(garbage.scores.map(\.points) == [0, 0, 0])
    let unnamed = families.map { $0.map { Puzzle(examples: $0.examples) } }
    let report = try report(arc, unnamed) { $3.answer }
    #expect(report.scores.isEmpty && report.submission == nil)
  }
}
