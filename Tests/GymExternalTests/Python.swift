import Foundation
import Gym
import GymExternal
import GymTestSupport
import Testing

/// The Python that the tests' processes run in. If there is none, they are skipped.
enum Python {
  /// The interpreter itself, past whatever chooses among several.
  static let interpreter: String? = {
    let probe = Process()
    probe.executableURL = URL(fileURLWithPath: "/bin/sh")
    probe.arguments = ["-c", "python3 -c 'import sys; print(sys.executable)'"]
    let output = Pipe()
    probe.standardOutput = output
    probe.standardError = FileHandle.nullDevice
    guard (try? probe.run()) != nil else { return nil }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    probe.waitUntilExit()
    return probe.terminationStatus == 0 ? text.trimmingCharacters(in: .newlines) : nil
  }()

  static var isThere: Bool { interpreter != nil }

  /// The repository's examples.
  static let examples = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Examples")

  /// The command that runs a script in place of the shell, without a process between.
  static func command(_ script: URL, _ arguments: String = "") throws -> String {
    "exec \(try #require(interpreter)) -B '\(script.path)' \(arguments)"
  }

  /// The command that runs one of the repository's examples.
  static func example(_ name: String, _ arguments: String = "") throws -> String {
    try command(examples.appendingPathComponent(name), arguments)
  }

  /// Writes a script, and hands the command that runs it to `body`.
  static func running<Value>(
    _ text: String, _ body: (String) throws -> Value
  ) throws -> Value {
    try withTemporaryFolder { folder in
      let script = folder.appendingPathComponent("script.py")
      try text.write(to: script, atomically: true, encoding: .utf8)
      return try body(command(script))
    }
  }
}

extension Trait where Self == ConditionTrait {
  /// The test runs a process in Python.
  static var needsPython: Self {
    .enabled(if: Python.isThere, "python3 is not installed: the tests' processes are in Python")
  }
}
