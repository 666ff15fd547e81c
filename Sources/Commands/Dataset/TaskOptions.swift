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
    for text in values {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else {
        throw ValidationError("--set \(text): expected key=value, such as --set size=6.")
      }
      do {
        try settings.set(String(parts[0]), to: String(parts[1]))
      } catch let error as GymError {
        throw error.located("--set")
      }
    }
    return try type.init(settings: settings)
  }
}
