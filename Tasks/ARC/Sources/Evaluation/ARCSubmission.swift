import Foundation
import Gym

/// Two attempts at each question of each task, as ARC Prize competitions require.
public struct ARCSubmission: Sendable, Hashable {
  /// The attempts for one task, one per question, in order.
  public struct Entry: Sendable, Hashable {
    /// The task's name.
    public let task: String
    /// The attempts, question by question.
    public let attempts: [ARCAttempts]

    /// The attempts for a task with a name.
    public init(task: String, attempts: [ARCAttempts]) {
      self.task = task
      self.attempts = attempts
    }
  }

  /// The tasks, in the file's order.
  public let tasks: [Entry]
  /// The problems with attempts that were read, each a sentence without its full stop.
  public let notes: [String]

  /// A submission for tasks, which must have different names: otherwise `json` throws.
  public init(tasks: [Entry]) {
    self.init(tasks: tasks, notes: [])
  }

  init(tasks: [Entry], notes: [String]) {
    (self.tasks, self.notes) = (tasks, notes)
  }
}

extension ARCSubmission {
  /// The file's entry for an attempt that was not made: both entries are required.
  private static let nothing = ARCGrid(rows: 1, columns: 1)

  /// `{"task": [{"attempt_1": grid, "attempt_2": grid}, …], …}`.
  ///
  /// A missing second attempt repeats the first; a missing first is `[[0]]`.
  ///
  /// - Throws: a `GymError` if two entries are for the same task.
  public func json() throws -> JSON {
    var members = JSONObject()
    for entry in tasks {
      guard members[entry.task] == nil else {
        throw GymError("task \(entry.task) occurs twice in the submission")
      }
      members[entry.task] = .array(
        entry.attempts.map { attempts in
          let first = attempts.first ?? Self.nothing
          return ["attempt_1": first.json, "attempt_2": (attempts.second ?? first).json]
        })
    }
    return .object(members)
  }

  /// Writes the submission file.
  public func write(to url: URL) throws {
    try json().write(to: url, style: .compact)
  }

  /// Reads a submission file, or a folder with one file per task, as written by ARC Prize's own
  /// harness.
  ///
  /// An attempt without a grid counts as wrong; `notes` report it.
  ///
  /// - Throws: a `GymError` that names file, task and question of anything that is not a list of
  ///   attempts.
  public init(contentsOf url: URL) throws { try self.init(contentsOf: url, ReadingLog()) }

  /// Reads a submission whose invalid parts the log may leave out.
  init(contentsOf url: URL, _ log: ReadingLog) throws {
    var reader = ARCSubmissionReader(log: log)
    let entries = try reader.entries(at: url)
    self.init(tasks: entries, notes: reader.notes)
  }
}

/// Reads submissions, and collects the problems with single attempts.
struct ARCSubmissionReader {
  /// A kind of problem that is reported once: how often it was found, and where first.
  private struct Finding {
    var count = 0
    var first = ""

    mutating func add(_ text: @autoclosure () -> String) {
      if count == 0 { first = text() }
      count += 1
    }
  }

  private let log: ReadingLog
  private var broken = Finding()
  private var missing = Finding()
  private var surplus = Finding()
  private var others = Finding()

  init(log: ReadingLog) {
    self.log = log
  }

  /// A harness stores a model's whole reply beside each answer.
  private static let limits = JSON.Limits(depth: 64, bytes: 256 << 20)
  private static let keys = ["attempt_1", "attempt_2"]

  /// Notes that a reader needs about the attempts, each a sentence without its full stop.
  var notes: [String] {
    func note(_ finding: Finding, _ one: String, _ many: String) -> String? {
      switch finding.count {
      case 0: nil
      case 1: "1 \(one): \(finding.first)"
      default: "\(finding.count) \(many); the first: \(finding.first)"
      }
    }
    return [
      note(
        broken, "attempt is not a grid and counts as wrong",
        "attempts are not grids and count as wrong"),
      note(missing, "attempt was not made", "attempts were not made"),
      note(
        surplus, "question has more than two attempts, of which the first two count",
        "questions have more than two attempts, of which the first two count"),
      note(others, "file was passed over", "files were passed over"),
    ].compactMap { $0 }
  }

  /// The tasks of a submission file, or of a folder of task files.
  mutating func entries(at url: URL) throws -> [ARCSubmission.Entry] {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder),
      isFolder.boolValue
    {
      return try entries(in: url)
    }
    let json = try ARCFile.json(at: url, limits: Self.limits)
    guard let members = json.object else {
      throw GymError(
        "the submission is \(json.kind)", at: url.path, expected: "an object of attempts by task")
    }
    let log = log
    return try members.compactMap { name, json in
      try log.valid { try entry(name, json, at: url.path) }
    }
  }

  private mutating func entries(in folder: URL) throws -> [ARCSubmission.Entry] {
    let files: [URL]
    do {
      files = try FileManager.default.contentsOfDirectory(
        at: folder, includingPropertiesForKeys: nil, options: .skipsHiddenFiles
      ).filter { $0.pathExtension == "json" }
    } catch {
      throw GymError("the folder cannot be read: \(error.localizedDescription)", at: folder.path)
    }
    let log = log
    var entries: [ARCSubmission.Entry] = []
    for file in files.sorted(by: { $0.lastPathComponent < $1.lastPathComponent }) {
      _ = try log.valid {
        let json = try ARCFile.json(at: file, limits: Self.limits)
        if json.array != nil {
          let task = file.deletingPathExtension().lastPathComponent
          entries.append(try entry(task, json, at: file.path))
        } else {
          others.add("\(file.lastPathComponent) is \(json.kind), not a list of attempts")
        }
      }
    }
    guard !entries.isEmpty else {
      throw GymError(
        "the folder holds no attempts", at: folder.path,
        expected: "a file for each task, <task>.json, with a list of attempts",
        remedy: "Name a submission file, or the folder that directly holds the task files.")
    }
    return entries
  }

  private mutating func entry(
    _ task: String, _ json: JSON, at path: String
  ) throws -> ARCSubmission.Entry {
    let place = "\(path), task \(task)"
    guard let questions = json.array else {
      throw GymError(
        "the attempts are \(json.kind)", at: place,
        expected: "an array with an object for each question")
    }
    var attempts: [Int: ARCAttempts] = [:]
    for (index, question) in questions.enumerated() {
      let number = try self.number(question, at: index, place)
      guard attempts[number] == nil else {
        throw GymError(
          "question \(number + 1) is answered twice", at: place,
          expected: "one entry for each question")
      }
      attempts[number] = try self.attempts(question, "task \(task), question \(number + 1)", place)
    }
    let count = (attempts.keys.max() ?? -1) + 1
    return ARCSubmission.Entry(
      task: task, attempts: (0..<count).map { attempts[$0] ?? ARCAttempts([]) })
  }

  /// The number of the question that an entry answers: its index unless it states another one, as
  /// the harness does.
  private func number(_ question: JSON, at index: Int, _ place: String) throws -> Int {
    let stated = Set(
      Self.keys.compactMap { question[$0]?["metadata"]?["pair_index"]?.integer })
    guard let number = stated.first else { return index }
    guard stated.count == 1, (0..<10_000).contains(number) else {
      throw GymError(
        "entry \(index + 1) has the pair_index \(stated.sorted())", at: place,
        expected: "one number from 0 in all attempts of a question")
    }
    return number
  }

  private mutating func attempts(
    _ question: JSON, _ name: String, _ place: String
  ) throws -> ARCAttempts {
    if question.isNull {
      for key in Self.keys { missing.add("\(name), \(key)") }
      return ARCAttempts([])
    }
    guard let members = question.object else {
      throw GymError(
        "the attempts are \(question.kind)", at: "\(place), \(name)",
        expected: "an object with attempt_1 and attempt_2")
    }
    if members.contains(where: { name, _ in
      name.hasPrefix("attempt_") && !Self.keys.contains(name)
    }) {
      surplus.add(name)
    }
    var grids: [ARCGrid?] = []
    for key in Self.keys {
      let attempt = members[key] ?? .null
      // The harness writes the result of an attempt as an object, with the answer as one member.
      let answer = attempt.object == nil ? attempt : attempt["answer"] ?? .null
      if answer.isNull {
        missing.add("\(name), \(key)")
        grids.append(nil)
        continue
      }
      do {
        grids.append(try ARCGrid(answer, at: "\(name), \(key)"))
      } catch let error as GymError {
        broken.add(error.description)
        grids.append(nil)
      }
    }
    return ARCAttempts(first: grids[0], second: grids[1])
  }
}
