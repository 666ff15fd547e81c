import ArgumentParser
import Gym

/// A task and its settings.
struct TaskOptions: ParsableArguments {
  @Argument(help: "The task, such as sudoku-extreme; `reasongym tasks` lists them.")
  var task: String

  @Option(
    name: .customLong("set"), parsing: .upToNextOption,
    help: ArgumentHelp("Settings of the task.", valueName: "key=value"))
  var values: [String] = []

  /// The task with its settings.
  func make() throws -> any Task { try Catalogue.current.task(named: task, settings: values) }
}

extension Catalogue {
  /// A task with settings from texts such as `size=6`.
  func task(named name: String, settings values: [String]) throws -> any Task {
    let type = try task(named: name)
    var settings = Settings(type.settings)
    try settings.assign(values)
    return try type.init(settings: settings)
  }
}
