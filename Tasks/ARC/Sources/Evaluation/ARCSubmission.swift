import Foundation
import Gym
import JSON

/// Two attempts for each question of each task, as ARC Prize competitions want them.
public struct ARCSubmission: Sendable, Hashable {
  /// The attempts of one task, one for each of its questions, in order.
  public struct Entry: Sendable, Hashable {
    /// The task's name.
    public let task: String
    /// The attempts, question after question.
    public let attempts: [ARCAttempts]

    /// The attempts of a task by its name.
    public init(task: String, attempts: [ARCAttempts]) {
      self.task = task
      self.attempts = attempts
    }
  }

  /// The tasks, in the file's order.
  public let tasks: [Entry]
  /// What was wrong with attempts that were read, each a sentence without its full stop.
  public let notes: [String]

  /// A submission for tasks, whose names should differ: `json` throws if they do not.
  public init(tasks: [Entry]) {
    self.init(tasks: tasks, notes: [])
  }

  init(tasks: [Entry], notes: [String]) {
    (self.tasks, self.notes) = (tasks, notes)
  }
}

extension ARCSubmission {
  /// What stands in a file for an attempt that was not made: both must be there.
  private static let nothing = ARCGrid(rows: 1, columns: 1)

  /// `{"task": [{"attempt_1": grid, "attempt_2": grid}, …], …}`.
  ///
  /// A missing second attempt repeats the first; a missing first is `[[0]]`.
  ///
  /// - Throws: a `GymError` if two entries are of one task.
  public func json() throws -> JSON {
    var members = JSONObject()
    for entry in tasks {
      guard members[entry.task] == nil else {
        throw GymError("task \(entry.task) stands twice in the submission")
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

  /// Reads a submission file, or a folder with a file for each task, as ARC Prize's own harness
  /// writes them.
  ///
  /// An attempt that holds no grid is a wrong one; `notes` tell of it.
  ///
  /// - Throws: a `GymError` that names file, task and question of what is no list of attempts.
  public init(contentsOf url: URL) throws {
    var reader = ARCSubmissionReader()
    let entries = try reader.entries(at: url)
    self.init(tasks: entries, notes: reader.notes)
  }
}
