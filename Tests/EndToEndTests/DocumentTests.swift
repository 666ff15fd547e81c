import Foundation
import Testing

/// Every command line of the documents runs, with smaller numbers.
@Suite struct DocumentTests {
  /// The folders of the documents, by their path from the root.
  private static let folders = [
    "", "Examples", "Fixtures/parity", "Benchmarks", "Sources/Gym/Gym.docc",
  ]

  /// The documents that show commands, by their path from the root.
  private static let documents: [String] = folders.flatMap { folder -> [String] in
    let url = Program.root.appendingPathComponent(folder)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    return names.filter { $0.hasSuffix(".md") }.sorted()
      .map { folder.isEmpty ? $0 : "\(folder)/\($0)" }
  }

  private static func commands(in document: String) throws -> [DocumentedCommand] {
    let text = try String(
      contentsOf: Program.root.appendingPathComponent(document), encoding: .utf8)
    return DocumentedCommand.all(in: text, of: document)
  }

  @Test("The documents contain commands to run")
  func theDocumentsShowCommands() throws {
    let counts = try Self.documents.map { try Self.commands(in: $0).count }
    #expect(counts.reduce(0, +) > 20, "\(zip(Self.documents, counts).map { "\($0) \($1)" })")
    let found = Set(Self.documents.map { ($0 as NSString).deletingLastPathComponent })
    #expect(found == Set(Self.folders))
  }

  @Test("Every command of a document runs", arguments: documents)
  func everyCommandRuns(document: String) throws {
    let commands = try Self.commands(in: document)
    guard !commands.isEmpty else { return }
    let program = try Program()
    try prepare(program, for: commands)
    for command in commands where Self.hasPackages(for: command) {
      let arguments = Self.arguments(of: command)
      let result = try Program.Running(arguments, in: program.folder).result()
      #expect(
        result.code == 0,
        "\(document):\(command.line): \(arguments.joined(separator: " ")): \(result.errors)")
    }
  }

  @Test("Every make target in the documents exists")
  func makeTargetsExist() throws {
    let makefile = try String(
      contentsOf: Program.root.appendingPathComponent("Makefile"), encoding: .utf8)
    for document in Self.documents {
      let text = try String(
        contentsOf: Program.root.appendingPathComponent(document), encoding: .utf8)
      for line in text.components(separatedBy: "\n") where line.hasPrefix("    make ") {
        let target = line.split(separator: " ")[1]
        #expect(makefile.contains("\n\(target):"), "\(document): make \(target)")
      }
    }
  }

  /// Whether the Python package is installed that an example in the command is for.
  private static func hasPackages(for command: DocumentedCommand) -> Bool {
    let packages = ["task_reasoning_gym": "reasoning_gym", "agent_torch": "torch"]
    let text = command.words.joined(separator: " ") + " " + (Self.origins[command.dataset] ?? "")
    return packages.allSatisfy { example, package in
      !text.contains(example) || Self.imports(package)
    }
  }

  /// Commands that continue with a dataset which only such an example makes.
  private static let origins = ["data/chain-sum": "task_reasoning_gym"]

  private static func imports(_ package: String) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", "import \(package)"]
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  private static func arguments(of command: DocumentedCommand) -> [String] {
    // The scaffold's task is not in this program; another one replaces it.
    let small = command.small.map { $0.replacing("lights-up", with: "lights-out") }
    switch small.first {
    case "demo": return small + ["--flops", "1e9"]
    case "compare" where small.contains("--task"):
      return small + ["--train", "24", "--validation", "4", "--test", "6"]
    default: return small
    }
  }

  /// Provides what a reader has before the first command: the repository's folders, files like the
  /// released ones, and the dataset and run that the articles continue with.
  private func prepare(_ program: Program, for commands: [DocumentedCommand]) throws {
    let files = FileManager.default
    for name in ["Examples", "Fixtures"] {
      try files.createSymbolicLink(
        at: program.url(name), withDestinationURL: Program.root.appendingPathComponent(name))
    }
    let folders = [
      "Sources/reasongym", "Sources/GymAgents", "Sources/Gym", "Tasks", "Tests/GymAgentsTests",
    ]
    for name in folders {
      try files.createDirectory(at: program.url(name), withIntermediateDirectories: true)
    }
    for name in ["Package.swift", "Sources/reasongym/Catalogue.swift"] {
      try files.copyItem(at: Program.root.appendingPathComponent(name), to: program.url(name))
    }
    try program.succeed(
      "dataset generate sudoku-extreme --count train=24,test=8 --seed 5 --disjoint --out sudoku")
    for split in ["train", "test"] {
      try program.succeed("dataset convert sudoku --split \(split) --to csv --out \(split).csv")
    }
    try program.succeed("train hrm --data sudoku --steps 2 --out runs/first \(Program.tiny)")
    if !commands.contains(where: { $0.words.contains("--submit") }) {
      try program.succeed("evaluate solver --data sudoku --submit board.db")
    }
    let made = commands.contains { command in
      zip(command.words, command.words.dropFirst()).contains { $0 == ("--out", "data/sudoku") }
    }
    if !made {
      try files.createDirectory(at: program.url("data"), withIntermediateDirectories: true)
      try files.copyItem(at: program.url("sudoku"), to: program.url("data/sudoku"))
    }
  }
}
