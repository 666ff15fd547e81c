import ArgumentParser
import External
import Foundation
import Gym
import JSON
import Runner

/// The program `reasongym`, for the given tasks and agents.
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

  /// Runs the command in the process's arguments; exits the process if it fails.
  public func main() {
    StopSignal.endProcess { ExternalProcesses.killAll() }
    // A file that exceeds the size limit is an ordinary error and must not end the process.
    signal(SIGXFSZ, SIG_IGN)
    do {
      let arguments = Array(CommandLine.arguments.dropFirst())
      try EmptyArguments.check(arguments)
      try CommandNames.check(arguments)
    } catch {
      RootCommand.exit(withError: error)
    }
    Catalogue.$current.withValue(catalogue) { RootCommand.main() }
    // Buffered output may still be unwritten; a full disk behind `> file` is reported, too.
    guard fflush(nil) == 0 else {
      RootCommand.exit(withError: GymError.unwritten("the standard output", SystemFault()))
    }
  }

  /// Parses a command line, the program's name left out, as `main()` does, but runs nothing: a test
  /// can check the commands that documents show.
  ///
  /// - Throws: the error that `main()` would print.
  public func parse(_ arguments: [String]) throws {
    try EmptyArguments.check(arguments)
    try CommandNames.check(arguments)
    _ = try Catalogue.$current.withValue(catalogue) { try RootCommand.parseAsRoot(arguments) }
  }
}
