import ArgumentParser
import Gym

/// A task and its settings.
struct TaskOptions: ParsableArguments {
  @Argument(
    help: """
      The task, such as sudoku-extreme; `reasongym tasks` lists them. Or a process that speaks \
      JSON lines, such as "exec:python3 my_task.py".
      """,
    completion: .tasks)
  var task: String

  @Option(
    name: .customLong("set"), parsing: .upToNextOption,
    help: ArgumentHelp("Settings of the task.", valueName: "key=value"),
    completion: .settings)
  var values: [String] = []

  /// The task with its settings.
  func make() throws -> any Task { try Catalogue.current.task(named: task, settings: values) }
}
