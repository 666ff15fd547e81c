import ArgumentParser
import Foundation
import Gym
import GymExternal
import GymTesting

/// `reasongym serve-task`: lets programs in other languages generate and verify a task's puzzles.
struct ServeTaskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve-task",
    abstract: "Answer requests about a task, one JSON line each, for programs in any language.",
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

/// `reasongym check-task`: runs the conformance suite on a task, also on a process.
struct CheckTaskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-task",
    abstract: "Check that a task keeps its contract: the conformance suite, also for a process.",
    discussion: Help.flowing(
      """
      Generates puzzles and holds generator, verifier, solver, ratings, symmetries, pictures and
      files against each other. Each failure names the check and says what to look at. Exit code 1
      if there is any.

      Examples:
        reasongym check-task "exec:python3 Examples/task_gravity.py" --set size=4
        reasongym check-task lights-out --seed 2
      """))

  @OptionGroup var task: TaskOptions

  @Option(help: ArgumentHelp("The seed of all that is tried.", valueName: "S"))
  var seed: UInt64 = 1

  @Flag(help: "Try more puzzles; takes about four times as long.")
  var thorough = false

  func run() throws {
    let task = try task.make()
    let report = Conformance.check(task, effort: thorough ? .standard : .quick, seed: seed)
    print("\(task.id) \(report)")
    if !report.isEmpty { throw ExitCode.failure }
  }
}
