import ArgumentParser
import External
import Foundation
import Gym
import JSON
import Runner

/// The program: everything that `reasongym` does, for the tasks and agents that it is given.
///
/// ```swift
/// ReasonGym(tasks: [SudokuExtreme.self], agents: [HRM.self]).main()
/// ```
public struct ReasonGym: Sendable {
  private let catalogue: Catalogue

  /// - Precondition: no two tasks and no two agents have the same name.
  public init(tasks: [any Task.Type], agents: [any Agent.Type]) {
    catalogue = Catalogue(tasks: tasks, agents: agents)
  }

  /// Runs the command of the process's arguments, then ends the process if it failed.
  public func main() {
    Interruption.endProcess { ExternalProcesses.killAll() }
    // A file that may grow no more is an error like any other, not the end.
    signal(SIGXFSZ, SIG_IGN)
    do {
      try EmptyArguments.check(Array(CommandLine.arguments.dropFirst()))
    } catch {
      RootCommand.exit(withError: error)
    }
    Catalogue.$current.withValue(catalogue) { RootCommand.main() }
    // What was printed may still wait; a full disk behind `> file` is told, too.
    guard fflush(nil) == 0 else {
      RootCommand.exit(withError: GymError.unwritten("the standard output", SystemFault()))
    }
  }
}
