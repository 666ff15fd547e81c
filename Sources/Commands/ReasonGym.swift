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
    let arguments = Array(CommandLine.arguments.dropFirst())
    let ranks = Ranks.world
    do {
      try Self.checkLauncher()
      try EmptyArguments.check(arguments)
      try CommandNames.check(arguments)
    } catch {
      if ranks.areSeveral { end(error, on: ranks) }
      RootCommand.exit(withError: error)
    }
    Catalogue.$current.withValue(catalogue) {
      if ranks.areSeveral { run(arguments, on: ranks) }
      RootCommand.main()
    }
    do {
      try checkOutput()
      Ranks.finish()
    } catch {
      RootCommand.exit(withError: error)
    }
  }

  /// Writes buffered output; a full disk behind `> file` is reported, too.
  func checkOutput() throws {
    guard fflush(nil) == 0 else {
      throw GymError.unwritten("the standard output", SystemFault())
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
