import ARC
import Foundation
import Gym
import GymTestSupport
import Testing

/// A split's answers combined: the votes of variants, the scores, the submission.
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
              to: example, puzzle: puzzle.name, group: task, position: position,
              answer: answer(task, variant, position, example), confidence: 0.5))
        }
      }
    }
    return try scorer.report()
  }

  private func points(_ report: SplitReport) -> [String: Double] {
    Dictionary(uniqueKeysWithValues: report.passAtTwo.map { ($0.name, $0.points) })
  }

  @Test("Answers to the variants of a task vote for that task")
  func variantsVoteForTheirTask() throws {
    var random = RandomStream(seed: 1, "split scoring")
    let (arc, families) = try puzzles(using: &random)
    let right = try report(arc, families) { $3.answer }
    #expect(right.passAtTwo.map(\.count) == [2, 2, 3])
    #expect(right.passAtTwo.map(\.value) == [1, 1, 1])

    // Two of five variants are right: enough for the second of two attempts.
    let blank = ARCCanvas.full.encode(try ARCGrid([[0, 0, 0]]))
    let minority = try report(arc, families) { _, variant, _, example in
      variant < 2 ? example.answer : blank
    }
    #expect(minority.passAtTwo.map(\.value) == [1, 1, 1])
    // In the second task, only the second question is answered by nobody.
    let half = try report(arc, families) { task, _, position, example in
      task == 1 && position == 1 ? nil : example.answer
    }
    #expect(
      points(half) == [
        "arc-tasks-pass@2": 1, "arc-shares-pass@2": 1.5, "arc-questions-pass@2": 2,
      ])
    let none = try report(arc, families) { _, _, _, _ in nil }
    #expect(none.passAtTwo.map(\.points) == [0, 0, 0] && none.passAtTwo.map(\.count) == [2, 2, 3])
  }

  @Test("Answers to questions moved on the canvas vote, too")
  func questionsElsewhereOnTheCanvasVoteToo() throws {
    var random = RandomStream(seed: 2, "split scoring")
    let (arc, families) = try puzzles(using: &random)
    let moved = families.map { family in
      family.map { puzzle in
        Puzzle(name: puzzle.name, examples: arc.placed(puzzle.examples, using: &random))
      }
    }
    #expect(try report(arc, moved) { $3.answer }.passAtTwo.map(\.value) == [1, 1, 1])
  }

  @Test("A submission file gets the same score as the predictions that it was made from")
  func theSubmissionIsReadAndScoredAlike() throws {
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
      let report = try arc.scores(ofSubmission: PuzzleSource(file), on: PuzzleSource(tasks))
      #expect(report.scores == half.scores)

      let other = folder.appendingPathComponent("other.json")
      try write(#"{"x":[{"attempt_1":[[1]],"attempt_2":[[1]]}]}"#, to: other)
      #expect(throws: GymError.self) {
        try arc.scores(ofSubmission: PuzzleSource(other), on: PuzzleSource(tasks))
      }
    }
  }

  private func renamed(_ families: [[Puzzle]], _ name: (Int, Int, String) -> String) -> [[Puzzle]] {
    families.enumerated().map { task, family in
      family.enumerated().map { variant, puzzle in
        var puzzle = puzzle
        puzzle.name = puzzle.name.map { name(task, variant, $0) }
        return puzzle
      }
    }
  }

  @Test("Variants named by the HRM or the TRM builder give the same votes")
  func variantsNamedByEitherBuilderVoteAlike() throws {
    var random = RandomStream(seed: 5, "split scoring")
    let (arc, families) = try puzzles(using: &random)
    let blank = ARCCanvas.full.encode(try ARCGrid([[0, 0, 0]]))
    func half(_ families: [[Puzzle]]) throws -> SplitReport {
      try report(arc, families) { task, variant, _, example in
        task == 0 || variant < 2 ? example.answer : blank
      }
    }
    let hrm = try half(families)
    let trm = try half(renamed(families) { arc.variantName($2, as: .trm) })
    let mixed = try half(renamed(families) { arc.variantName($2, as: $1 % 2 == 0 ? .trm : .hrm) })
    #expect(hrm.passAtTwo.map(\.count) == [2, 2, 3] && hrm.notes.isEmpty)
    #expect(trm == hrm && mixed == hrm)
    #expect(trm.submission?.contains("|") == false)
  }

  /// In any form: an unknown name has no vote, is not counted as a task, and is reported.
  @Test(
    "A name in no known form has no vote, counts as no task, and is reported",
    arguments: ["%@@@t1@@0213456789", "%-r90-c%", "%|||t9|||0123456789", "%#%"])
  func namesInNoKnownFormCountAsNoTask(pattern: String) throws {
    var random = RandomStream(seed: 6, "split scoring")
    let (arc, families) = try puzzles(using: &random)
    let original = families.map { $0[0].name ?? "" }
    let named = renamed(families) { task, variant, name in
      variant == 0
        ? name
        : pattern.replacingOccurrences(of: "%", with: original[task]) + "\(variant)"
    }
    let report = try report(arc, named) { _, variant, _, example in
      variant == 0 ? example.answer : []
    }
    #expect(report.passAtTwo.map(\.count) == [2, 2, 3])
    #expect(report.passAtTwo.map(\.value) == [1, 1, 1])
    #expect(report.notes.count == 1)
    #expect(
      report.notes[0].hasPrefix("8 puzzles, such as \"\(named[0][1].name ?? "")\", are named"))
  }

  /// Files in which every variant stands by itself.
  @Test(
    "Variants that only words or grids give away are not counted as tasks",
    arguments: [
      "%_aug#", "%#flipped", "%.t1.0213456789.#", "%_0213456789_t1#", "%,0,2,1,3,4,5,6,7,8,9",
    ])
  func variantsByThemselvesAreRecognized(pattern: String) throws {
    var random = RandomStream(seed: 9, "split scoring")
    let (arc, families) = try puzzles(using: &random)
    let named = renamed(families) { task, variant, name in
      variant == 0
        ? name
        : pattern.replacingOccurrences(of: "%", with: families[task][0].name ?? "")
          .replacingOccurrences(of: "#", with: "-\(variant)")
    }
    let report = try report(arc, named.flatMap { $0.map { [$0] } }) { $3.answer }
    #expect(report.passAtTwo.map(\.count) == [2, 2, 3])
    #expect(report.passAtTwo.map(\.value) == [1, 1, 1])
    #expect(report.notes.count == 1)
    #expect(report.notes[0].contains("named in no form that is known"), "\(report.notes)")
    let tasks = report.submission.flatMap { try? JSON(parsing: $0).object?.names } ?? []
    #expect(Set(tasks) == Set(families.map { $0[0].name ?? "" }))
  }

  /// A name whose augmentation does not match the grid has no vote, and is reported.
  @Test("A name whose augmentation does not match the grid is reported")
  func namesThatDoNotFitTheirGridsAreTold() throws {
    var random = RandomStream(seed: 7, "split scoring")
    let (arc, families) = try puzzles(using: &random)
    let wrong = renamed(families) { task, variant, name in
      task == 0 && variant == 1 ? "\(families[0][0].name ?? "")_t0_0987654321" : name
    }
    let report = try report(arc, wrong) { $3.answer }
    #expect(
      report.passAtTwo.map(\.value) == [1, 1, 1] && report.passAtTwo.map(\.count) == [2, 2, 3])
    #expect(report.notes.count == 1 && report.notes[0].contains("turned back into no question"))
  }

  /// Two tasks with the same name are scored separately, and no submission mixes them up.
  @Test("Two tasks with the same name are scored separately")
  func differentTasksOfOneNameAreKeptApart() throws {
    var random = RandomStream(seed: 8, "split scoring")
    let (arc, families) = try puzzles(using: &random)
    let named = renamed(families) { task, _, name in
      name.replacingOccurrences(of: families[task][0].name ?? "", with: "same")
    }
    let right = try report(arc, named) { $3.answer }
    #expect(
      right.passAtTwo.map(\.count) == [2, 2, 3] && right.passAtTwo.map(\.value) == [1, 1, 1])
    #expect(right.submission == nil)
    #expect(right.notes.count == 1 && right.notes[0].contains("\"same\", is given to different"))
    let first = try report(arc, named) { task, _, _, example in task == 0 ? example.answer : nil }
    #expect(first.passAtTwo.map(\.points) == [1, 1, 1])
    // The same task in separate groups is one task.
    let apart = try report(arc, families[0].map { [$0] }) { $3.answer }
    #expect(apart.passAtTwo.map(\.count) == [1, 1, 1] && apart.notes.isEmpty)
  }

  @Test("Answers that are missing or not canvases take no part in the vote")
  func strangeAnswersTakeNoPart() throws {
    var random = RandomStream(seed: 4, "split scoring")
    let (arc, families) = try puzzles(using: &random)
    let garbage = try report(arc, families) { _, variant, _, _ in
      variant == 0 ? [] : [UInt8](repeating: 255, count: 900)
    }
    #expect(garbage.passAtTwo.map(\.points) == [0, 0, 0])
    let unnamed = families.map { $0.map { Puzzle(examples: $0.examples) } }
    let report = try report(arc, unnamed) { $3.answer }
    #expect(report.scores.isEmpty && report.submission == nil)
  }
}
