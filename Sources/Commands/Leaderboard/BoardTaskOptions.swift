import ArgumentParser
import External
import Gym
import JSON
import Leaderboard
import LeaderboardStore
import Runner

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
