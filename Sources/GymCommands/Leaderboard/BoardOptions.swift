import ArgumentParser
import Foundation
import Gym
import GymBoardStore
import GymBoards
import GymExternal
import GymJSON
import GymTraining

/// A board, and one of its benchmarks.
struct BoardOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The board's file.", valueName: "BOARD"), completion: .file())
  var board: String

  @Option(help: "The benchmark, if the board has several.")
  var benchmark: String?

  @OptionGroup var tasks: BoardTaskOptions

  /// Opens the board.
  func open(for access: Board.Access, secretSeed: SecretSeed? = nil) throws -> Board {
    try Board(path: board, for: access, secretSeed: secretSeed, tasks: tasks.maker())
  }

  /// The chosen benchmark.
  func choose(on board: Board) throws -> Benchmark {
    let all = try board.benchmarks()
    let names = all.map(\.name)
    guard let benchmark else {
      guard let only = all.first, all.count == 1 else {
        throw GymError(
          all.isEmpty ? "the board has no benchmark" : "the board has \(all.count) benchmarks",
          at: board.url.path,
          remedy: all.isEmpty
            ? "Add one by `reasongym leaderboard create`"
            : "Choose one by --benchmark: \(names.joined(separator: ", "))")
      }
      return only
    }
    guard let found = all.first(where: { $0.name == benchmark }) else {
      let near = Suggestion.nearest(to: benchmark, among: names)
      throw GymError(
        "there is no benchmark \(JSON.string(benchmark))", at: board.url.path,
        expected: names.isEmpty ? nil : "one of \(names.joined(separator: ", "))",
        remedy: near.map { "Did you mean \"\($0)\"?" })
    }
    return found
  }
}

extension Board {
  /// Opens a board, by default with the tasks of the program's catalogue.
  convenience init(
    path: String, for access: Access, secretSeed: SecretSeed? = nil,
    tasks: @escaping TaskMaker = Board.tasks()
  ) throws {
    try self.init(
      URL(fileURLWithPath: path), for: access, secretSeed: secretSeed, tasks: tasks)
  }

  /// Opens a board for writing, and creates it if it does not exist.
  ///
  /// - Parameter task: a task that it may need and that need not be in the catalogue.
  static func openOrCreate(path: String, knowing task: (any Task)? = nil) throws -> Board {
    let url = URL(fileURLWithPath: path)
    let tasks = tasks(knowing: task)
    func open() throws -> Board { try Board(path: path, for: .writing, tasks: tasks) }
    func isThere() -> Bool { FileManager.default.fileExists(atPath: url.path) }
    if isThere() { return try open() }
    do {
      return try create(url, tasks: tasks)
    } catch {
      // Another process may have made it in the meantime.
      guard isThere() else { throw error }
      return try open()
    }
  }
}

/// The tasks of a board's benchmarks that the program does not have, since they are processes.
struct BoardTaskOptions: ParsableArguments {
  @Option(
    name: .customLong("task"),
    help: ArgumentHelp(
      "A benchmark's task that is a process: exec:COMMAND. Repeat it for several.",
      valueName: "TASK"),
    completion: .tasks)
  var names: [String] = []

  /// Makes the tasks of a board: those of the catalogue, or else the processes.
  ///
  /// The catalogue is that of now: a server's threads do not inherit it.
  ///
  /// - Throws: a `GymError` if a process does not start, or a name is not that of a task.
  func maker() throws -> Board.TaskMaker {
    var processes: [(id: PluginID, command: String)] = []
    for name in names {
      let task = try Catalogue.current.option(name)
      if let command = ExternalCommand.command(in: name) { processes.append((task.id, command)) }
    }
    return { [processes, catalogue = Catalogue.current] id, settings in
      guard let process = processes.first(where: { $0.id == id }), !catalogue.has(id) else {
        return try catalogue.task(TaskReference(id: id, settings: settings))
      }
      return try ExternalTask(command: process.command) { try $0.set(settings) }
    }
  }
}

extension Catalogue {
  /// Whether the program has a task.
  fileprivate func has(_ id: PluginID) -> Bool { tasks.contains { $0.id == id } }
}

extension Board {
  /// Makes tasks from the program's catalogue, and one task that is at hand already.
  static func tasks(knowing known: (any Task)? = nil) -> TaskMaker {
    { [catalogue = Catalogue.current] id, settings in
      if let known, known.id == id, known.settings.json == settings { return known }
      return try catalogue.task(TaskReference(id: id, settings: settings))
    }
  }
}

/// The secret seed of a sealed benchmark, for commands that judge.
struct SecretSeedOption: ParsableArguments {
  @Option(
    name: .customLong("secret-seed"),
    help: ArgumentHelp("The file with a sealed benchmark's secret seed.", valueName: "FILE"),
    completion: .file())
  var file: String?

  /// The seed of the file, if one is named.
  func read() throws -> SecretSeed? {
    try file.map { try SecretSeed(contentsOf: URL(fileURLWithPath: $0)) }
  }
}
