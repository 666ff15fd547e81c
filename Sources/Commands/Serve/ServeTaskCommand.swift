import ArgumentParser
import External
import Foundation
import Gym

/// `reasongym serve-task`: lets programs in other languages generate and verify a task's puzzles.
struct ServeTaskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve-task",
    abstract: "Answer requests about a task, a JSON line each, for programs in any language.",
    discussion: Help.flowing(
      """
      Speaks the protocol `reasongym-task` of Examples/README.md as the process: reads requests from
      the standard input and writes replies to the standard output. Version 2 of the protocol takes
      batches. Examples/python has a client, a Gymnasium environment and a reward function on it.

      Examples:
        reasongym serve-task sudoku-extreme
        reasongym serve-task maze-hard --set size=12
      """))

  @OptionGroup var task: TaskOptions

  func run() throws {
    guard ExternalCommand.command(in: task.task) == nil else {
      throw ValidationError("\(task.task) is a process already: start it itself.")
    }
    var server = TaskServer(try task.make())
    try server.serve(from: .standardInput, to: .standardOutput)
  }
}
