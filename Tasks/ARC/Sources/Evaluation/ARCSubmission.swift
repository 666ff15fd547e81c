import Foundation
import Gym
import JSON

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
