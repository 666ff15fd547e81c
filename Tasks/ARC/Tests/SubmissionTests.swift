import ARC
import Foundation
import Gym
import Testing

/// Submissions as users hand them in: with slips, and with attempts that are not grids.
@Suite struct SubmissionTests {
  private static let task =
    #"{"train":[{"input":[[1]],"output":[[2]]}],"test":[QUESTIONS]}"#

  /// Tasks t1 with one question and t2 with two; the answer to question q of task t is [[t, q]].
  private func tasks(in folder: URL) throws -> URL {
    let url = folder.appendingPathComponent("tasks")
    for (number, questions) in [(1, 1), (2, 2)] {
      let tests = (1...questions).map { question in
        "{\"input\":[[\(question)]],\"output\":[[\(number),\(question)]]}"
      }
      try write(
        Self.task.replacingOccurrences(of: "QUESTIONS", with: tests.joined(separator: ",")),
        to: url.appendingPathComponent("t\(number).json"))
    }
    return url
  }

  private func report(_ submission: String) throws -> SplitReport {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("submission.json")
      try write(submission, to: file)
      return try makeARC().scores(
        ofSubmission: PuzzleSource(file), on: PuzzleSource(try tasks(in: folder)))
    }
  }

  private static func attempts(_ first: String, _ second: String = "[[0]]") -> String {
    "{\"attempt_1\":\(first),\"attempt_2\":\(second)}"
  }

  private static let t1 = attempts("[[1,1]]")
  private static let t2 = attempts("[[2,1]]") + "," + attempts("[[2,2]]")

  @Test("A complete submission is scored without notes")
  func aWholeSubmissionHasNoNotes() throws {
    let report = try report("{\"t1\":[\(Self.t1)],\"t2\":[\(Self.t2)]}")
    #expect(report.passAtTwo.map(\.points) == [2, 2, 3] && report.notes.isEmpty)
  }

  @Test("Missing tasks, surplus attempts and other slips are reported")
  func slipsAreTold() throws {
    let mistyped = try report("{\"t1\":[\(Self.t1)],\"T2\":[\(Self.t2)]}")
    #expect(mistyped.passAtTwo.map(\.points) == [1, 1, 1])
    #expect(
      mistyped.notes == [
        "1 task of the submission is not among the tasks: T2", "no attempts for 1 of 2 tasks: t2",
      ])
    let surplus = try report("{\"t1\":[\(Self.t1)],\"t2\":[\(Self.t2),\(Self.t2)]}")
    #expect(surplus.passAtTwo.map(\.points) == [2, 2, 3])
    #expect(
      surplus.notes == ["t2: 4 answers for 2 questions; those after the first 2 count for nothing"])
    let short = try report("{\"t1\":[\(Self.t1)],\"t2\":[\(Self.attempts("[[2,1]]"))]}")
    #expect(short.passAtTwo.map(\.points) == [1, 1.5, 2])
    #expect(short.notes == ["t2: 1 answer for 2 questions"])
    let third = try report(
      "{\"t1\":[{\"attempt_1\":[[0]],\"attempt_2\":[[0]],\"attempt_3\":[[1,1]]}],"
        + "\"t2\":[\(Self.t2)]}")
    #expect(third.passAtTwo.map(\.points) == [1, 1, 2])
    #expect(
      third.notes == [
        "1 question has more than two attempts, of which the first two count: task t1, question 1"
      ])
  }

  /// An attempt that is not a grid is one wrong attempt: the other one, and all others, count.
  @Test(arguments: [
    ("[]", "is not a grid"), ("[[]]", "is not a grid"), ("[[1,2],[3]]", "is not a grid"),
    ("[[10]]", "is not a grid"), ("\"[[1,1]]\"", "is not a grid"), ("[[1.5]]", "is not a grid"),
    ("{\"answer\":[[1],[]]}", "is not a grid"), ("[1,1]", "is not a grid"),
    ("null", "was not made"),
    ("{\"answer\":null}", "was not made"), ("{}", "was not made"),
  ])
  func oneBadAttemptIsOneWrongAttempt(attempt: String, told: String) throws {
    for (first, second) in [("[[1,1]]", attempt), (attempt, "[[1,1]]")] {
      let report = try report(
        "{\"t1\":[\(Self.attempts(first, second))],\"t2\":[\(Self.t2)]}")
      #expect(report.passAtTwo.map(\.points) == [2, 2, 3])
      #expect(report.notes.count == 1)
      #expect(report.notes[0].hasPrefix("1 attempt \(told)"), "\(report.notes)")
      #expect(report.notes[0].contains("task t1, question 1, attempt_"))
    }
    let both = try report(
      "{\"t1\":[\(Self.attempts(attempt, attempt))],\"t2\":[\(Self.t2)]}")
    #expect(both.passAtTwo.map(\.points) == [1, 1, 2])
    #expect(both.notes.count == 1 && both.notes[0].hasPrefix("2 attempts"))
  }

  /// ARC Prize's harness: a folder with a file for each task, results beside them.
  @Test("A folder with one file per task is read as a submission")
  func aFolderOfTaskFilesIsRead() throws {
    try withTemporaryFolder { folder in
      let tasks = try tasks(in: folder)
      let made = folder.appendingPathComponent("made")
      func answer(_ grid: String, _ pair: Int) -> String {
        "{\"answer\":\(grid),\"correct\":true,\"metadata\":{\"model\":\"m\",\"pair_index\":\(pair),"
          + "\"choices\":[{\"message\":{\"content\":{\"a\":[[[[1]]]]}}}]}}"
      }
      try write(
        "[\(Self.attempts(answer("[[1,1]]", 0), "null"))]",
        to: made.appendingPathComponent("t1.json"))
      // Each entry names its question.
      try write(
        "[\(Self.attempts(answer("[[2,2]]", 1), "null")),\(Self.attempts(answer("[[2,1]]", 0), "null"))]",
        to: made.appendingPathComponent("t2.json"))
      try write("{\"score\":1}", to: made.appendingPathComponent("results.json"))
      let report = try makeARC().scores(
        ofSubmission: PuzzleSource(made), on: PuzzleSource(tasks))
      #expect(report.passAtTwo.map(\.points) == [2, 2, 3])
      #expect(
        report.notes == [
          "3 attempts were not made; the first: task t1, question 1, attempt_2",
          "1 file was passed over: results.json is an object, not a list of attempts",
        ])
      let error = #expect(throws: GymError.self) {
        try makeARC().scores(ofSubmission: PuzzleSource(folder), on: PuzzleSource(tasks))
      }
      #expect(error?.what == "the folder holds no attempts")
    }
  }

  /// Two tasks with the same name are told apart by their folders; equal ones are one task.
  @Test("Tasks with the same name are told apart by their folders")
  func tasksOfOneNameAreKeptApart() throws {
    try withTemporaryFolder { folder in
      let text = Self.task
      for (place, answer) in [
        ("easy/t", "[[1]]"), ("hard/t", "[[2]]"), ("hard/more/u", "[[3]]"), ("easy/u", "[[3]]"),
      ] {
        try write(
          text.replacingOccurrences(
            of: "QUESTIONS", with: "{\"input\":[[5]],\"output\":\(answer)}"),
          to: folder.appendingPathComponent("tasks/\(place).json"))
      }
      let file = folder.appendingPathComponent("submission.json")
      func score(_ submission: String) throws -> SplitReport {
        try write(submission, to: file)
        return try makeARC().scores(
          ofSubmission: PuzzleSource(file),
          on: PuzzleSource(folder.appendingPathComponent("tasks")))
      }
      let report = try score(
        "{\"easy/t\":[\(Self.attempts("[[1]]"))],\"hard/t\":[\(Self.attempts("[[2]]"))],"
          + "\"u\":[\(Self.attempts("[[3]]"))]}")
      #expect(
        report.passAtTwo.map(\.points) == [3, 3, 3] && report.passAtTwo.map(\.count) == [3, 3, 3])
      #expect(report.notes.isEmpty)
      let error = #expect(throws: GymError.self) {
        try score("{\"t\":[\(Self.attempts("[[1]]"))],\"u\":[\(Self.attempts("[[3]]"))]}")
      }
      let message = error.map { "\($0)" } ?? ""
      #expect(message.contains("2 different tasks are called \"t\""))
      #expect(message.contains("easy/t.json and ") && message.contains("hard/t.json"))
    }
  }
}
