import Foundation
import Gym
import GymDatasets
import GymEvaluation
import GymTestSupport
import GymTraining
import Testing

@Suite struct ProbeTests {
  private let test: TestRun

  init() throws {
    test = try TestRun(splits: ["test": Array(repeating: [1], count: 24)])
  }

  private func report(
    _ agent: ProbedToy = ProbedToy(), segments: Int? = nil, starts: Int = 4, boards: Int = 2
  ) throws -> ProbeReport {
    let evaluation = try Evaluation(
      task: ToyTask(), split: test.data.split("test"), options: SolveOptions(segments: segments))
    return try #require(try Probe(evaluation, starts: starts, boards: boards).run(agent))
  }

  @Test("Right cells and answers are counted after each step")
  func answersAreCountedAfterEachStep() throws {
    let report = try report(segments: 4)
    #expect(report.puzzles == 24 && report.steps.count == 8 && report.segments.count == 4)
    #expect(report.steps.map(\.time) == [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4])
    let letters = try (0..<24).map { try test.data.split("test").question($0)[0] }
    for step in report.steps {
      let solved = letters.count { Int($0) <= step.segment }
      #expect(step.score.overall == Proportion(solved, of: 24))
      #expect(abs(step.score.cellAccuracy - Double(solved) / 24) < 1e-12)
    }
    #expect(report.boards.count == 2 && report.boards.allSatisfy { $0.thoughts.count == 4 })
  }

  @Test("Residuals are the distances between successive states")
  func residualsAreDistancesOfStates() throws {
    let report = try report()
    // Row r moves by r in each of 6 numbers: √6·r, of which the mean over 1...24 is √6·12.5.
    for step in report.steps {
      let residual = try #require(step.residual(of: "line"))
      #expect(abs(residual - 6.0.squareRoot() * 12.5) < 1e-9)
      #expect((step.residual(of: "corners") == nil) == (step.step == 1))
    }
    // Two positions become a unit vector each, and then stay.
    let moved = try #require(report.residual(of: "corners", in: 1))
    #expect(abs(moved - 2.0.squareRoot()) < 1e-9)
    #expect(report.residual(of: "corners", in: 2) == 0)
    #expect(report.residual(of: "other", in: 2) == nil)
  }

  @Test("Residuals are means over all puzzles, also those whose right answer is not known")
  func residualsAreOverAllPuzzles() throws {
    try rewrite("labels", of: test.data.split("test")) { index, label in
      index < 12 * 6 ? label : Vocabulary.padding
    }
    let evaluation = try Evaluation(
      task: ToyTask(), split: Dataset(test.data.url).split("test"))
    let report = try #require(try Probe(evaluation, starts: 0).run(ProbedToy()))
    #expect(report.steps[0].score.unknown > 0)
    for step in report.steps {
      let residual = try #require(step.residual(of: "line"))
      #expect(abs(residual - 6.0.squareRoot() * 12.5) < 1e-9)
    }
  }

  /// Changes the tokens of one of a split's arrays.
  private func rewrite(
    _ array: String, of split: DatasetSplit, _ changed: (Int, UInt8) -> UInt8
  ) throws {
    let file = split.url.appendingPathComponent("all__\(array).npy")
    var bytes = try Data(contentsOf: file)
    let start = bytes.count - split.count * split.cells
    for index in start..<bytes.count { bytes[index] = changed(index - start, bytes[index]) }
    try bytes.write(to: file)
  }

  @Test("The participation ratio of states is measured")
  func statesSpreadOverTheirDirections() throws {
    let states = try report().states
    #expect(states.map(\.name) == ["line", "corners"] && states.map(\.width) == [2, 4])
    // Points on a line; the four corners of a simplex, which has three even directions.
    #expect(abs((states[0].participation ?? 0) - 1) < 1e-9)
    #expect(abs((states[1].participation ?? 0) - 3) < 1e-9)
  }

  @Test("Participation ratios of known point clouds are exact")
  func participationRatiosOfKnownClouds() throws {
    func cross(_ lengths: [Double], zeros: Int = 0) -> [[Double]] {
      lengths.indices.flatMap { axis in
        [1.0, -1.0].map { sign in
          lengths.indices.map { $0 == axis ? sign * lengths[axis] : 0 }
            + Array(repeating: 5, count: zeros)
        }
      }
    }
    // Eigenvalues in proportion to the squares: (1 + 4 + 9)² / (1 + 16 + 81).
    for (lengths, ratio) in [([1, 1, 1, 1], 4), ([2], 1), ([1, 2, 3], 2)] as [([Double], Double)] {
      // Constant columns add nothing, and make the points fewer than the numbers.
      for zeros in [0, 20] {
        let found = try #require(Participation.ratio(of: cross(lengths, zeros: zeros)))
        #expect(abs(found - ratio) < 1e-9, "\(lengths), \(zeros)")
      }
    }
    for nothing in [[], [[]], [[1, 2]], [[3, 3], [3, 3]], [[.nan], [1]]] as [[[Double]]] {
      #expect(Participation.ratio(of: nothing) == nil)
    }
  }

  @Test("Cells that a segment fixes and breaks are counted")
  func segmentsFixAndBreakCells() throws {
    let report = try report(segments: 4)
    let test = try test.data.split("test")
    // Each letter is answered rightly from the segment of its own number on.
    let letters = try (0..<24).map { Int(try test.question($0)[0]) }
    #expect(report.changes.map(\.segment) == [2, 3, 4])
    for change in report.changes {
      let cells = letters.count { $0 == change.segment }
      #expect(change.fixed >= cells && change.broken == 0, "\(change)")
    }
    #expect(report.json["changes"]?.array?.count == 3)
  }

  @Test("The segments in which puzzles stop are counted, with what was solved then")
  func stopsAreCounted() throws {
    let report = try report(segments: 4)
    let test = try test.data.split("test")
    let letters = try (0..<24).map { Int(try test.question($0)[0]) }
    #expect(report.halts.reduce(0) { $0 + $1.puzzles } == 24)
    for halt in report.halts {
      let own = letters.filter { max(1, min(4, $0)) == halt.segment }
      #expect(halt.puzzles == own.count && halt.solved == own.count { $0 <= halt.segment })
    }
    #expect(report.json["halts"]?.array?.count == report.halts.count)
    #expect(report.haltingSentence.contains("of 4 segments"))
    #expect(try self.report(segments: 1).haltingSentence.hasPrefix("Not applicable"))
  }

  @Test("The ways of states are followed on their principal plane")
  func waysAreFollowedOnTheirPlane() throws {
    let report = try report(segments: 4)
    #expect(report.paths.allSatisfy { $0.places.count == 2 })
    #expect(report.paths.allSatisfy { path in path.places.allSatisfy { $0.count == 4 } })
    let line = try #require(report.paths.first { $0.name == "line" })
    #expect(abs(line.share - 1) < 1e-9)
  }

  @Test("The principal planes of known clouds are found")
  func principalPlanesOfKnownClouds() throws {
    // A long axis and a short one, turned by 45° in three dimensions, away from the origin.
    let half = 0.5.squareRoot()
    let points = [(-3.0, 0.0), (3, 0), (0, -1), (0, 1)].map { a, b in
      [5 + half * (a - b), 7 + half * (a + b), 9]
    }
    let plane = try #require(PrincipalPlane(of: points))
    #expect(abs(plane.share - 1) < 1e-9)
    #expect(abs(abs(plane.places[0].x) - 3) < 1e-6 && abs(plane.places[0].y) < 1e-6)
    #expect(abs(abs(plane.places[2].y) - 1) < 1e-6 && abs(plane.places[2].x) < 1e-6)
    #expect(abs(plane.places[0].x + plane.places[1].x) < 1e-6)
    // A third direction is left out of the share: 9, 4 and 1 of 14.
    let cross = [0, 1, 2].flatMap { axis in
      [1.0, -1].map { sign in (0..<3).map { $0 == axis ? sign * [3.0, 2, 1][axis] : 0 } }
    }
    #expect(abs((PrincipalPlane(of: cross)?.share ?? 0) - 13.0 / 14) < 1e-9)
    for nothing in [[], [[]], [[1, 2]], [[3, 3], [3, 3]], [[.nan], [1]]] as [[[Double]]] {
      #expect(PrincipalPlane(of: nothing) == nil)
    }
  }

  @Test("Distinct final states are counted")
  func distinctEndsAreCounted() throws {
    let points = try #require(try report(segments: 4).fixedPoints)
    #expect(points.histogram == [0, 24, 0, 0] && points.meanDistinct == 2)
    #expect(points.right == Proportion(48, of: 96))
    #expect(points.solvedOnce == Proportion(24, of: 24))
    #expect(points.solvedAlways == Proportion(0, of: 24))
    #expect(try report(starts: 0).fixedPoints == nil)
    #expect(try report(ProbedToy(startsFromStates: false)).fixedPoints == nil)

    var known = FixedPoints(starts: 3, noise: 1)
    known.add([[1], [1], [1]]) { $0 == [1] }
    known.add([[1], [2], [3]]) { $0 == [1] }
    #expect(known.histogram == [1, 0, 1] && known.meanDistinct == 2)
    #expect(known.right == Proportion(4, of: 6))
    #expect(known.solvedAlways == Proportion(1, of: 2))
  }

  @Test("One-blank questions are answers with one cell blanked")
  func oneBlankQuestionsAreAnswersButForACell() throws {
    let examples = [
      Example(question: [1, 2, 1, 3], answer: [4, 2, 3, 3]),
      Example(question: [1, 1, 0, 3], answer: [2, 4, 0, 3]),
    ]
    let blanks = try OneBlank.questions(of: examples, seed: 5)
    #expect(blanks.blank == 1 && blanks.examples.count == 2)
    for (index, example) in blanks.examples.enumerated() {
      let cell = blanks.cells[index]
      #expect(example.answer == examples[index].answer && example.answer[cell] != 0)
      var filled = example.question
      #expect(filled[cell] == 1)
      filled[cell] = example.answer[cell]
      #expect(filled == example.answer)
    }
    #expect(try OneBlank.questions(of: examples, seed: 5) == blanks)
  }

  @Test("Questions with one blank come with the demonstrations of their puzzle")
  func oneBlankQuestionsComeWithDemonstrations() throws {
    try withTemporaryFolder { folder in
      let made = try TestDataset.write(
        ["train": Array(repeating: [3], count: 8)],
        demonstrations: Array(repeating: 2, count: 8), to: folder.appendingPathComponent("data"))
      // A blank, 1, in the first cell; every other cell is given as it is answered.
      for array in ["inputs", "labels"] {
        try rewrite(array, of: made.split("train")) { index, _ in
          array == "inputs" && index % 6 == 0 ? 1 : UInt8(2 + index % 3)
        }
      }
      let (data, task) = (try Dataset(made.url), RingTask(judgesByLabel: true))
      let split = try data.split("train")
      let evaluation = try Evaluation(
        task: task, split: split, demonstrations: PuzzleDemonstrations(data, for: split, of: task))
      let report = try #require(try Probe(evaluation).run(ReadingToy()))
      guard case .measured(_, let filled) = report.oneBlank else {
        Issue.record("\(report.oneBlank)")
        return
      }
      #expect(filled.count == 24)
    }
  }

  @Test("The one-blank probe says if it does not apply")
  func oneBlankSaysWhereItDoesNotApply() throws {
    let answersHoldAll = [Example(question: [1, 2], answer: [2, 1])]
    let answersChangeGiven = [Example(question: [1, 2], answer: [3, 3])]
    let nothingAsked = [Example(question: [1, 2], answer: [0, 2])]
    for examples in [answersHoldAll, answersChangeGiven, nothingAsked, []] {
      #expect(throws: GymError.self) { try OneBlank.questions(of: examples, seed: 1) }
    }
    guard case .notApplicable(let reason) = try report().oneBlank else {
      Issue.record("successors are not blanks filled")
      return
    }
    #expect(reason.contains("blank"))
  }

  @Test("An agent that reports too few steps is named")
  func anAgentThatReportsTooLittleIsNamed() {
    #expect(throws: GymError.self) { try report(ProbedToy(missing: 1)) }
  }

  @Test("A probe stops if a stop is requested")
  func itStopsWhereItIsTold() throws {
    let evaluation = try Evaluation(task: ToyTask(), split: test.data.split("test"))
    var shares: [Double] = []
    let probe = Probe(evaluation, starts: 2)
    #expect(
      try probe.run(ProbedToy()) { share, _ in
        shares.append(share)
        return shares.count < 2
      } == nil)
    #expect(shares.count == 2 && shares == shares.sorted())
    shares = []
    _ = try probe.run(ProbedToy()) { share, _ in
      shares.append(share)
      return true
    }
    #expect(shares.last == 1)
  }

  @Test("The page is a single file with escaped text")
  func thePageIsOneFileWithTextEscaped() throws {
    let report = try report(segments: 4)
    let page = ProbePage(
      report, task: ToyTask(), title: "<b>\"&", subtitle: "<script>alert(1)</script>"
    ).html
    #expect(page.contains("&lt;b&gt;&quot;&amp;") && !page.contains("<script"))
    for source in page.components(separatedBy: "src=\"").dropFirst() {
      #expect(source.hasPrefix("data:image/svg+xml;base64,"))
    }
    #expect(!page.contains("http://") && !page.contains("https://") && !page.contains("url("))
    #expect(page.contains("prefers-color-scheme: dark"))
    // Charts have a second drawing for narrow screens, and every part says how to read it.
    #expect(page.components(separatedBy: "<svg class=\"chart narrow\"").count > 3)
    #expect(
      page.contains("Cells fixed and broken") && page.contains("89.95") && page.contains("Halting"))
    #expect(page.components(separatedBy: "<h3>").count == 1 + 2)
  }

  @Test("The JSON contains the measured values")
  func theJSONHoldsWhatWasMeasured() throws {
    let json = try report(segments: 4).json
    #expect(json["steps"]?.array?.count == 8)
    #expect(json["fixed-points"]?["mean-distinct"]?.number == 2)
    #expect(json["one-blank"]?["applicable"]?.bool == false)
    let moved = try #require(json["steps"]?.array?[1]["residuals"]?["corners"]?.number)
    #expect(abs(moved - 2.0.squareRoot()) < 1e-9)
  }
}

/// The known agent as one that reads demonstrations, and refuses questions without.
private final class ReadingToy: ProbedAgent {
  static let id = PluginID("reading", version: 1)
  static let summary = ProbedToy.summary
  static let settings: [Setting] = []
  let readsDemonstrations = true
  let startsFromStates = false
  private let inner = ProbedToy()

  init() {}
  init(settings: Settings, context: AgentContext) {}

  private func check(_ questions: QuestionBatch) throws {
    guard questions.demonstrations.count == questions.count,
      questions.demonstrations.allSatisfy({ !$0.isEmpty })
    else { throw GymError("a question has no demonstrations") }
  }

  func solve(_ questions: QuestionBatch, options: SolveOptions) throws -> [Prediction] {
    try check(questions)
    return inner.solve(questions, options: options)
  }

  func probe(
    _ questions: QuestionBatch, options: ProbeOptions, watch: (ProbedStep) throws -> Void
  ) throws {
    try check(questions)
    try inner.probe(questions, options: options, watch: watch)
  }
}
