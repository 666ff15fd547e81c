import ARC
import Foundation
import Gym
import GymTestSupport
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
  @Test(
    "An attempt that is not a grid is one wrong attempt",
    arguments: [
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
      // The second does not move up in the place of the first.
      let isFirst = first != attempt
      #expect(report.scores.dropFirst(3).map(\.points) == (isFirst ? [2, 2, 3] : [1, 1, 2]))
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

  /// Variants among the tasks, or in the submission, are the task's own.
  @Test(
    "Variants are scored as the task that they were made of", arguments: VariantNameForm.allCases)
  func variantsAreTheirTask(form: VariantNameForm) throws {
    let task = ARCTask(
      name: "a", demonstrations: [ARCPair(try ARCGrid([[1, 2]]), try ARCGrid([[2, 1]]))],
      tests: [
        ARCTest(try ARCGrid([[3, 4, 5], [6, 7, 8]]), try ARCGrid([[5, 4, 3], [8, 7, 6]]))
      ])
    let made = [
      ARCAugmentation(.quarterTurn, try ARCColorMap([0, 2, 1, 3, 4, 5, 6, 7, 8, 9])),
      ARCAugmentation(.mirrorUpDown, try ARCColorMap([0, 9, 8, 7, 6, 5, 4, 3, 2, 1])),
    ]
    let variants = made.map { augmentation in
      var variant = task.augmented(by: augmentation)
      variant.name = augmentation.name(of: "a", as: form)
      return variant
    }
    try withTemporaryFolder { folder in
      let tasks = folder.appendingPathComponent("tasks")
      func score(
        _ asked: [ARCTask], _ answered: [ARCTask]
      ) throws -> (points: Double, count: Int, notes: [String]) {
        try? FileManager.default.removeItem(at: tasks)
        try FileManager.default.createDirectory(at: tasks, withIntermediateDirectories: true)
        for task in asked { try task.write(into: tasks) }
        let file = folder.appendingPathComponent("submission.json")
        try? FileManager.default.removeItem(at: file)
        try ARCSubmission(
          tasks: answered.map { task in
            ARCSubmission.Entry(
              task: task.name,
              attempts: task.tests.map { ARCAttempts([$0.answer].compactMap { $0 }) })
          }
        ).write(to: file)
        let report = try makeARC().scores(ofSubmission: PuzzleSource(file), on: PuzzleSource(tasks))
        return (report.scores[0].points, report.scores[0].count, report.notes)
      }
      for asked in [[task] + variants, variants] {
        let whole = try score(asked, [task])
        #expect(whole.points == 1 && whole.count == 1)
        #expect(whole.notes == ["2 variants are not counted as tasks of their own"])
      }
      let voted = try score([task], variants)
      #expect(voted.points == 1 && voted.count == 1)
      #expect(voted.notes == ["2 entries are variants': they vote for the task"])
      // In a form that is not known, or with grids that do not fit the name.
      for (name, grids, told) in [
        ("a-t1-0213456789", 0, "named in no form that is known"),
        ("a_aug1", 1, "named in no form that is known"),
        (made[0].name(of: "a", as: form), 1, "turned back into no question"),
      ] {
        var other = variants[grids]
        other.name = name
        let report = try score([task, other], [task])
        #expect(report.points == 1 && report.count == 1, "\(name)")
        #expect(report.notes[0].contains(told), "\(report.notes)")
      }
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
