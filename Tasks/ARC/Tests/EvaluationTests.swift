import ARC
import Foundation
import Gym
import GymTestSupport
import Testing

@Suite struct EvaluationTests {
  private let question: ARCGrid
  private let right: ARCGrid
  private let wrong: ARCGrid
  private let other: ARCGrid

  init() throws {
    question = try ARCGrid([[1, 2, 3], [0, 0, 4]])
    right = try ARCGrid([[4, 3], [2, 1], [0, 9]])
    wrong = try ARCGrid([[7]])
    other = try ARCGrid([[8, 8]])
  }

  /// A vote of a random variant, with garbage beyond the answer's border.
  private func vote(
    _ answer: ARCGrid, _ confidence: Double, task: String = "t", question: ARCGrid? = nil,
    using random: inout RandomStream
  ) -> ARCVariantPrediction {
    let augmentation = ARCAugmentation.random(using: &random)
    var tokens = ARCCanvas.full.encode(answer, as: augmentation)
    for cell in tokens.indices where tokens[cell] == 0 { tokens[cell] = UInt8(random.below(12)) }
    return ARCVariantPrediction(
      variant: augmentation.name(of: task),
      question: ARCCanvas.full.encode(question ?? self.question, as: augmentation), answer: tokens,
      confidence: confidence)
  }

  @Test("More votes beat a higher confidence")
  func votesCountBeforeConfidence() {
    var random = RandomStream(seed: 1, "votes")
    var votes = ARCVotes()
    for confidence in [0.1, 0.2, 0.3] { votes.add(vote(right, confidence, using: &random)) }
    for confidence in [0.9, 0.9] { votes.add(vote(wrong, confidence, using: &random)) }
    for confidence in [1.0, 0.9] { votes.add(vote(other, confidence, using: &random)) }
    let ranking = votes.ranking(task: "t", question: question)
    #expect(ranking.map(\.answer) == [right, other, wrong])
    #expect(ranking.map(\.votes) == [3, 2, 2])
    #expect(zip(ranking, [0.2, 0.95, 0.9]).allSatisfy { abs(($0.confidence ?? -1) - $1) < 1e-12 })
    #expect(votes.ranking(task: "u", question: question).isEmpty)
    #expect(votes.ranking(task: "t", question: wrong).isEmpty)
  }

  @Test("Of answers with equal votes and confidence the earlier one ranks first")
  func equalVotesKeepTheirOrder() {
    var random = RandomStream(seed: 1, "order")
    var votes = ARCVotes()
    func ranking() -> [MajorityVote<ARCGrid>.Candidate] {
      votes.ranking(task: "t", question: question)
    }
    for grid in [wrong, right, other] { votes.add(vote(grid, 0.5, using: &random)) }
    #expect(ranking().map(\.answer) == [wrong, right, other])
    votes.add(vote(right, .nan, using: &random))
    #expect(ranking().map(\.answer) == [right, wrong, other])
    #expect(ranking()[0].confidence == 0.25)
  }

  @Test("Answers that are not grids have no vote")
  func garbageDoesNotVote() {
    let canvas = ARCCanvas.full.encode(question)
    var votes = ARCVotes()
    for (question, answer) in [
      (canvas, nil), (canvas, []), (canvas, [UInt8](repeating: 1, count: 900)), ([], canvas),
    ] as [([UInt8], [UInt8]?)] {
      let voted = votes.add(
        ARCVariantPrediction(variant: "t", question: question, answer: answer, confidence: 1))
      #expect(!voted)
    }
    #expect(votes.ranking(task: "t", question: question).isEmpty)
  }

  /// Three tasks with 1, 2 and 4 questions; all, one and three are solved, some by second attempts.
  @Test("Points are counted by task, by question and with parts, over two attempts")
  func waysOfCounting() throws {
    var random = RandomStream(seed: 2, "counting")
    var votes = ARCVotes()
    let tasks = try [("a", 1, 1), ("b", 2, 1), ("c", 4, 3)].map { name, questions, solved in
      let tests = try (0..<questions).map { index in
        let question = try ARCGrid([[UInt8(index), 5, 6]])
        for (grid, copies) in [(wrong, 4), (index < solved ? right : other, 2), (question, 1)] {
          for _ in 0..<copies {
            votes.add(vote(grid, 0.5, task: name, question: question, using: &random))
          }
        }
        return ARCTest(question, right)
      }
      return ARCTask(name: name, demonstrations: [], tests: tests)
    }
    let submission = votes.submission(for: tasks)
    #expect(submission.tasks[0].attempts[0].first == wrong)
    #expect(submission.tasks[0].attempts[0].second == right)
    let score = ARCScore(submission, tasks: tasks)
    #expect(score.tasks == 3 && score.both.solvedTasks == 1)
    #expect(score.questions == 7 && score.both.solvedQuestions == 5)
    // The wrong grid has most votes everywhere.
    #expect(score.first.solvedTasks == 0 && score.first.solvedQuestions == 0)
    let expected: [(String, Double)] = [
      ("arc-tasks-pass@2", 1.0 / 3), ("arc-shares-pass@2", (1 + 0.5 + 0.75) / 3),
      ("arc-questions-pass@2", 5.0 / 7), ("arc-tasks-pass@1", 0), ("arc-shares-pass@1", 0),
      ("arc-questions-pass@1", 0),
    ]
    #expect(score.metrics.count == expected.count)
    for (metric, (name, value)) in zip(score.metrics, expected) {
      #expect(metric.name == name && abs(metric.value - value) < 1e-12)
    }
    let nothing = ARCScore(ARCSubmission(tasks: []), tasks: tasks)
    #expect(nothing.both.solvedTasks == 0 && nothing.both.solvedQuestions == 0)
    #expect(nothing.questions == 7)
    let swapped = ARCSubmission(
      tasks: submission.tasks.map { entry in
        .init(
          task: entry.task,
          attempts: entry.attempts.map { ARCAttempts([$0.second, $0.first].compactMap { $0 }) })
      })
    #expect(ARCScore(swapped, tasks: tasks).first == score.both)
    #expect(ARCScore(submission, tasks: []).metrics.allSatisfy { $0.value == 0 })
  }

  @Test("A written submission is read back unchanged")
  func submissionsAreReadBack() throws {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("submission.json")
      let submission = ARCSubmission(tasks: [
        .init(task: "z", attempts: [ARCAttempts([right, wrong]), ARCAttempts([other])]),
        .init(task: "a", attempts: [ARCAttempts([])]),
      ])
      try submission.write(to: url)
      let read = try ARCSubmission(contentsOf: url)
      let blank = try ARCGrid([[0]])
      #expect(read.tasks.map(\.task) == ["z", "a"])
      #expect(
        read.tasks[0].attempts == [ARCAttempts([right, wrong]), ARCAttempts([other, other])])
      #expect(read.tasks[1].attempts == [ARCAttempts([blank, blank])])
      let twice = ARCSubmission(tasks: [submission.tasks[0], submission.tasks[0]])
      #expect(throws: GymError.self) { try twice.write(to: url) }
    }
  }

  @Test(
    "A broken submission is refused with the place of its fault",
    arguments: [
      ("[]", "submission.json"), (#"{"a":1}"#, "task a"),
      (#"{"a":[[[1]]]}"#, "task a, question 1"), (#"{"a":[{"attempt_1":1},7]}"#, "question 2"),
      ("{", "submission.json:1:2"),
    ])
  func brokenSubmissionsAreRefused(text: String, place: String) throws {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("submission.json")
      try write(text, to: url)
      let error = #expect(throws: GymError.self) { try ARCSubmission(contentsOf: url) }
      #expect(error?.location?.hasSuffix(place) == true, "\(error.map { "\($0)" } ?? "")")
    }
  }
}
