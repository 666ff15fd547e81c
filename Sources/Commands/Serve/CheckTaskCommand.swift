import ArgumentParser
import Gym
import GymTesting

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
