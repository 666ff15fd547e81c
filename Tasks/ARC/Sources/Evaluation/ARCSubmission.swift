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

  /// A submission for tasks, whose names should differ: `json` throws where they do not.
  public init(tasks: [Entry]) {
    self.tasks = tasks
  }
}

extension ARCSubmission {
  /// What stands in a file for an attempt that was not made: both must be there.
  private static let nothing = ARCGrid(rows: 1, columns: 1)

  /// `{"task": [{"attempt_1": grid, "attempt_2": grid}, …], …}`.
  ///
  /// A missing second attempt repeats the first; a missing first is `[[0]]`.
  ///
  /// - Throws: a `GymError` where two entries are of one task.
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

  /// Reads a submission file.
  ///
  /// - Throws: a `GymError` that names file, task, question, attempt and row.
  public init(contentsOf url: URL) throws {
    let json = try ARCFile.json(at: url)
    guard let members = json.object else {
      throw GymError(
        "the submission is \(json.kind)", at: url.path, expected: "an object of attempts by task")
    }
    tasks = try members.map { name, value in
      let place = "\(url.path), task \(name)"
      guard let questions = value.array else {
        throw GymError("the attempts are \(value.kind)", at: place, expected: "an array")
      }
      return Entry(
        task: name,
        attempts: try questions.enumerated().map { index, question in
          try ARCAttempts(
            ["attempt_1", "attempt_2"].map { key in
              let place = "\(place), question \(index + 1), \(key)"
              guard let grid = question[key] else {
                throw GymError("there is no such attempt", at: place)
              }
              return try ARCGrid(grid, at: place)
            })
        })
    }
  }
}
