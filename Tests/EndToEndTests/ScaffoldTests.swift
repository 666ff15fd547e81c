import Foundation
import Testing

/// New tasks and agents, written into a small package that looks like this one.
///
/// A separate check (`make check-scaffold`) builds, checks and trains the result,
/// since it builds the package anew.
@Suite struct ScaffoldTests {
  private let program: Program
  private let manifest = """
    // swift-tools-version: 6.0
    let tasks = [
      "MazeHard",
      "ARC",
    ]
    let package = Package(name: "ReasonGym")

    """
  private let catalogue = """
    import ARC
    import GymCommands
    import MazeHard

    let gym = ReasonGym(
      tasks: [
        MazeHard.self,
        ARC.self,
      ],
      agents: [
        HRM.self
      ])

    """

  init() throws {
    program = try Program()
    try write("Package.swift", manifest)
    try write("Sources/reasongym/Catalogue.swift", catalogue)
    try write("Sources/Gym/Task.swift", "/// A struct of nothing.\npublic protocol Task {}\n")
    try write(
      "Sources/GymNeuralAgents/HRM/HRM.swift", "public final class HRM {\n  struct Inner {}\n}\n")
    try write("Sources/GymAgents/Baselines.swift", "public final class Solver {\n}\n")
    try write("Tasks/MazeHard/Sources/MazeHard.swift", "public enum MazeKind {\n}\n")
  }

  private func write(_ path: String, _ text: String) throws {
    let url = program.url(path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  private func read(_ path: String) throws -> String {
    try String(contentsOf: program.url(path), encoding: .utf8)
  }

  /// Every file with its text, without the program's output.
  private func files() throws -> [String: String] {
    var texts: [String: String] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: program.folder.url.path) {
      let isPrinted = path.hasPrefix(".out-") || path.hasPrefix(".err-")
      guard !isPrinted else { continue }
      let data = FileManager.default.contents(atPath: program.url(path).path)
      texts[path] = data.map { String(decoding: $0, as: UTF8.self) } ?? "folder"
    }
    return texts
  }

  @Test("new-task writes a folder and adds its lines to manifest and catalogue")
  func aNewTaskIsAFolderAndItsLines() throws {
    let before = try files()
    let output = try program.succeed("new-task LightsUp").output
    #expect(output.contains("dataset generate lights-up"))
    #expect(
      try read("Package.swift")
        == manifest.replacingOccurrences(of: "  \"ARC\",\n", with: "  \"ARC\",\n  \"LightsUp\",\n"))
    #expect(
      try read("Sources/reasongym/Catalogue.swift")
        == catalogue
        .replacingOccurrences(of: "import MazeHard", with: "import LightsUp\nimport MazeHard")
        .replacingOccurrences(of: "    ARC.self,\n", with: "    ARC.self,\n    LightsUp.self,\n"))
    let made = try files().keys.filter { before[$0] == nil && $0.hasSuffix(".swift") }.sorted()
    #expect(
      made == ["Tasks/LightsUp/Sources/LightsUp.swift", "Tasks/LightsUp/Tests/LightsUpTests.swift"])
    #expect(try !files().keys.contains { $0.hasSuffix(".partial") })
    let source = try read(made[0])
    #expect(source.contains("PluginID(\"lights-up\", version: 1)"))
    #expect(source.contains("public struct LightsUp: Task {"))
    for path in made {
      for line in try read(path).split(separator: "\n") {
        #expect(!line.contains("__") && line.count <= 100, "\(path): \(line)")
      }
    }
  }

  @Test("new-agent writes a folder, a test and a line in the catalogue")
  func aNewAgentIsAFolderATestAndALine() throws {
    try program.succeed("new-agent Guesser")
    #expect(try read("Package.swift") == manifest)
    #expect(
      try read("Sources/reasongym/Catalogue.swift")
        == catalogue.replacingOccurrences(
          of: "    HRM.self\n", with: "    HRM.self,\n    Guesser.self,\n"))
    let source = try read("Sources/GymAgents/Guesser/Guesser.swift")
    #expect(source.contains("public final class Guesser: LearningAgent {"))
    #expect(try read("Tests/GymAgentsTests/GuesserTests.swift").contains("GuesserTests"))
  }

  @Test(
    "--dry-run lists the files and writes nothing",
    arguments: ["new-task LightsUp", "new-agent LightsUp"])
  func aDryRunListsAndWritesNothing(_ line: String) throws {
    let before = try files()
    let output = try program.succeed("\(line) --dry-run").output
    #expect(output.contains("LightsUp.swift") && output.contains("+ LightsUp.self,"))
    #expect(try files() == before)
  }

  @Test(
    "Names that cannot name a Swift type, or are taken, are rejected",
    arguments: [
      ("lights-up", "Did you mean LightsUp?"), ("lightsUp", "begin with a capital"),
      ("Lights_Up", "Did you mean LightsUp?"), ("Licht\u{e4}r", "letters and digits"),
      ("../Up", "letters and digits"), ("A", "2 to 40"), ("7Up", "Did you mean Up?"),
      (String(repeating: "A", count: 41), "2 to 40"), ("Self", "a name that Swift uses"),
      ("Any", "a name that Swift uses"), ("Foundation", "a name that Swift uses"),
      ("String", "a name that Swift uses"), ("Task", "there is a Task already"),
      ("MazeHard", "there is a MazeHard already"), ("Mazehard", "there is a MazeHard already"),
      ("Arc", "there is a ARC already"), ("HRM", "there is a HRM already"),
      ("GymTests", "there is a GymTests already"), ("ReasonGym", "a name that Swift uses"),
      ("SudokuExtreme", "there is a sudoku-extreme@"), ("MazeKind", "there is a MazeKind already"),
      ("Baselines", "there is a Baselines already"),
    ])
  func namesThatCannotBeAreRefused(_ name: String, _ text: String) throws {
    let before = try files()
    for command in ["new-task", "new-agent"] {
      let result = try program.run("\(command) \(name)")
      #expect(result.code == 1 && result.errors.contains(text), "\(name): \(result.errors)")
    }
    #expect(try files() == before)
  }

  @Test("The name of a nested type is still free")
  func aNestedTypeDoesNotTakeAName() throws {
    try program.succeed("new-task Inner")
    try program.succeed("new-task Of")
  }

  @Test("Outside a checkout nothing is written")
  func outsideOfACheckoutNothingIsWritten() throws {
    try write("elsewhere/Package.swift", "let package = Package(name: \"Other\")")
    let inner = try program.succeed("new-task LightsUp --package Tasks/MazeHard --dry-run")
    #expect(inner.code == 0)
    for place in ["/", "/nowhere"] {
      let result = try program.run("new-task LightsUp --package \(place)")
      #expect(result.code == 1 && result.errors.contains("this is not a checkout of ReasonGym"))
    }
  }

  @Test("A list of plug-ins in another form is an error, not a guess")
  func aListThatWasChangedIsNotGuessedAt() throws {
    try write(
      "Sources/reasongym/Catalogue.swift",
      catalogue.replacingOccurrences(of: "  tasks: [\n", with: "  tasks: others + [\n"))
    let before = try files()
    let result = try program.run("new-task LightsUp")
    #expect(result.code == 1 && result.errors.contains("tasks: ["), "\(result.errors)")
    #expect(try files() == before)
  }

  @Test("If one file exists already, none is written")
  func whatStandsInTheWayStopsEverything() throws {
    try write("Tests/GymAgentsTests/GuesserTests.swift", "")
    let before = try files()
    let result = try program.run("new-agent Guesser")
    #expect(result.code == 1 && result.errors.contains("it exists already"), "\(result.errors)")
    #expect(try files() == before)
  }
}
