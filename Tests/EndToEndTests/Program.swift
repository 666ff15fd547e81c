import Foundation
import GymJSON
import GymTestSupport
import Testing

/// The built program, run from the command line.
struct Program {
  /// The outcome of a run of the program.
  struct Result {
    let code: Int32
    let output: String
    let errors: String
  }

  /// The folder that the program runs in.
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// A file or folder in the temporary folder.
  func url(_ name: String) -> URL { folder.url.appendingPathComponent(name) }

  /// The checkout.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The program, beside the tests' own bundle.
  static func executable() throws -> URL {
    let places =
      ProcessInfo.processInfo.arguments.prefix(1).map {
        URL(fileURLWithPath: $0).deletingLastPathComponent()
      } + [root.appendingPathComponent(".build/release")]
    let found = places.map { $0.appendingPathComponent("reasongym") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    return try #require(found, "no program in \(places.map(\.path))")
  }

  /// A running process of the program.
  final class Running {
    private let process = Process()
    private let output: URL
    private let errors: URL

    init(
      _ arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:],
      executable: URL? = nil
    ) throws {
      output = folder.url.appendingPathComponent(".out-\(UUID().uuidString)")
      errors = folder.url.appendingPathComponent(".err-\(UUID().uuidString)")
      try Data().write(to: output)
      try Data().write(to: errors)
      process.executableURL = try executable ?? Program.executable()
      process.arguments = arguments
      process.currentDirectoryURL = folder.url
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = try FileHandle(forWritingTo: output)
      process.standardError = try FileHandle(forWritingTo: errors)
      try process.run()
    }

    var isRunning: Bool { process.isRunning }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Waits for the end. A process ended by a signal has minus the signal's number as its code.
    func result() throws -> Result {
      process.waitUntilExit()
      let isSignalled = process.terminationReason == .uncaughtSignal
      return Result(
        code: isSignalled ? -process.terminationStatus : process.terminationStatus,
        output: try String(contentsOf: output, encoding: .utf8),
        errors: try String(contentsOf: errors, encoding: .utf8))
    }
  }

  /// Starts the program with a line of arguments, separated by spaces.
  func start(_ line: String) throws -> Running {
    try Running(line.split(separator: " ").map(String.init), in: folder)
  }

  /// Runs the program to its end with a line of arguments, separated by spaces.
  @discardableResult
  func run(_ line: String) throws -> Result {
    try start(line).result()
  }

  /// Runs a line that has to succeed.
  @discardableResult
  func succeed(
    _ line: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Result {
    let result = try run(line)
    #expect(result.code == 0, "\(line): \(result.errors)", sourceLocation: sourceLocation)
    return result
  }

  /// Runs a line of a shell, with the program as `$REASONGYM`.
  func shell(_ script: String) throws -> Result {
    try Running(
      ["-c", script], in: folder, environment: ["REASONGYM": Program.executable().path],
      executable: URL(fileURLWithPath: "/bin/sh")
    ).result()
  }

  /// The names of all tasks that the program knows.
  static func tasks() throws -> [String] {
    let list = try JSON(parsing: Program().succeed("tasks --json").output)
    let names = try #require(list.array).map { task in
      try #require(task["id"]?.string?.split(separator: "@").first.map(String.init))
    }
    try #require(!names.isEmpty)
    return names
  }

  /// Makes the folder `data` with small puzzles of 4×4.
  func makeData() throws {
    try succeed(
      "dataset generate sudoku-extreme --set size=4 --count train=24,test=8 --seed 1 --disjoint "
        + "--out data")
  }

  /// Settings of an HRM whose training step takes milliseconds.
  static let tiny =
    "--set hidden=16 heads=2 high-blocks=1 low-blocks=1 high-cycles=1 low-cycles=1 batch=8 "
    + "expansion=1 max-segments=2"

  /// The checkpoints of a run, oldest first.
  func checkpoints(of run: String) -> [String] {
    let folder = url(run).appendingPathComponent("checkpoints")
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (names ?? []).filter { $0.hasPrefix("step-") }.sorted()
  }

  /// The SHA-256 of each of the agent's files in the last checkpoint of a run.
  func weights(of run: String) throws -> Data {
    let last = try #require(checkpoints(of: run).last)
    return try Data(contentsOf: url("\(run)/checkpoints/\(last)/manifest.json"))
  }

  /// Waits until a condition holds.
  static func wait(seconds: Double = 60, until isSo: () -> Bool) throws {
    let end = Date().addingTimeInterval(seconds)
    while !isSo() {
      try #require(Date() < end, "waited \(seconds) seconds in vain")
      usleep(5000)
    }
  }
}
