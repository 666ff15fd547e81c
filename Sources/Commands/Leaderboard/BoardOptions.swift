import ArgumentParser
import Foundation
import Gym
import JSON
import Leaderboard
import LeaderboardStore

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
    return FileManager.default.fileExists(atPath: url.path)
      ? try Board(path: path, for: .writing, tasks: tasks) : try create(url, tasks: tasks)
  }
}
