import Foundation
import Gym

extension AgentInspection where Subject: LearningAgent {
  /// States that are incomplete, truncated or another agent's are rejected with an error.
  ///
  /// - Parameter folder: a complete state; it is damaged here.
  func inspectDamagedStates(in folder: URL) throws {
    for (name, other) in [
      ("a task with more tokens", context(vocabulary: context.vocabularyCount + 1)),
      ("a task with more identifiers", context(identifiers: context.puzzleIdentifiers + 2)),
    ] {
      expectError("the state of \(name)", try make(other), folder)
    }
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: [.isRegularFileKey]
    ).filter { try $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true }
    for file in files.sorted(by: { $0.path < $1.path }) {
      let whole = try Data(contentsOf: file)
      for count in [whole.count / 2, 0] where count < whole.count {
        try whole.prefix(count).write(to: file)
        expectError(
          "a state whose \(file.lastPathComponent) ends after \(count) bytes", try make(context),
          folder)
      }
      try FileManager.default.removeItem(at: file)
      expectError(
        "a state without \(file.lastPathComponent)", try make(context), folder)
      try whole.write(to: file)
    }
    try FileManager.default.removeItem(at: folder)
    expectError("a folder that is not there", try make(context), folder)
  }

  private func expectError(
    _ name: String, _ agent: Subject, _ folder: URL
  ) {
    do {
      try agent.restore(from: folder, forTraining: true)
      log.fail(.damagedState, "\(name) is restored without an error")
    } catch {
      log.expect("\(error)".count > 10, .damagedState, "\(name) gives only \"\(error)\"")
    }
  }
}
