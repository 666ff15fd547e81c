import ArgumentParser
import Foundation
import Gym
import GymExternal
import GymJSON
import GymTraining

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
      try UnintendedArguments.check(arguments)
      try CommandNames.check(arguments)
    } catch {
      if ranks.areSeveral { end(error, on: ranks) }
      end(error)
    }
    Catalogue.$current.withValue(catalogue) {
      if ranks.areSeveral { run(arguments, on: ranks) }
      do {
        var command = try RootCommand.parseAsRoot(arguments)
        try command.run()
      } catch {
        end(error)
      }
    }
    do {
      try checkOutput()
      Ranks.finish()
    } catch {
      end(error)
    }
  }

  /// Ends the process after an error or after help, as `RootCommand.exit(withError:)` does, with
  /// usage lines that fit a terminal.
  private func end(_ error: any Error) -> Never {
    StopSignal.yieldToEnd()
    let text = Help.fitting(RootCommand.fullMessage(for: error))
    let code = RootCommand.exitCode(for: error)
    if !text.isEmpty {
      if code == .success { print(text) } else { Ranks.say(text.withVisibleControls + "\n") }
    }
    exit(code.rawValue)
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
    try UnintendedArguments.check(arguments)
    try CommandNames.check(arguments)
    _ = try Catalogue.$current.withValue(catalogue) { try RootCommand.parseAsRoot(arguments) }
  }
}

extension ReasonGym {
  /// The version of the program and the package, as `reasongym --version` prints it: a release's
  /// number, with `-dev` behind it until that release is tagged.
  public static let version = "0.1.0-dev"
}

/// `reasongym`: the root of all commands.
struct RootCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reasongym",
    abstract: "A gym for reasoning agents: tasks on one side, agents on the other.",
    discussion: Help.flowing(
      """
      A first look, three to ten minutes:
        reasongym demo

      The usual way:
        reasongym dataset generate sudoku-extreme --count train=1000,test=200 \\
          --disjoint --seed 1 --out data/sudoku
        reasongym train hrm --data data/sudoku --preset small --minutes 10 \\
          --out runs/first
        reasongym evaluate runs/first --data data/sudoku

      Exit codes: 0 done, 1 failed, 64 wrong usage, 130 interrupted (Ctrl-C or SIGTERM). What was
      interrupted is never taken for done. train, compare, dataset generate, evaluate, scale and
      probe keep what they have, and --resume continues them; other commands start over.
      """),
    version: ReasonGym.version,
    subcommands: [
      DemoCommand.self, TasksCommand.self, AgentsCommand.self, DatasetCommand.self,
      TrainCommand.self, EvaluateCommand.self, ScaleCommand.self, ProbeCommand.self,
      CompareCommand.self, WatchCommand.self, SolveCommand.self, PackCommand.self,
      WeightsCommand.self, LeaderboardCommand.self, ParityCommand.self,
      ServeTaskCommand.self, CheckTaskCommand.self,
      BenchCommand.self, DoctorCommand.self, NewTaskCommand.self, NewAgentCommand.self,
    ])
}

/// Names of commands that were mistyped.
///
/// ArgumentParser suggests an option that is near to an unknown one, but no command.
enum CommandNames {
  /// Checks the leading arguments, which name a command, subcommand by subcommand, perhaps after
  /// `help`.
  ///
  /// - Throws: a `ValidationError` that names the command that may have been meant.
  static func check(_ arguments: [String]) throws {
    var command: any ParsableCommand.Type = RootCommand.self
    var path: [String] = []
    for argument in arguments {
      let subcommands = command.configuration.subcommands
      guard !subcommands.isEmpty, !argument.hasPrefix("-") else { return }
      if argument == "help", path.isEmpty { continue }
      guard let next = subcommands.first(where: { name(of: $0) == argument }) else {
        let names = subcommands.map { name(of: $0) }
        let near = Suggestion.nearest(to: argument, among: names)
        let owner = path.isEmpty ? "" : " of \(path.joined(separator: " "))"
        throw ValidationError(
          "There is no command \"\(argument)\"\(owner). "
            + (near.map { "Did you mean \"\((path + [$0]).joined(separator: " "))\"?" }
              ?? "Expected one of \(names.joined(separator: ", "))."))
      }
      command = next
      path.append(argument)
    }
  }

  private static func name(of command: any ParsableCommand.Type) -> String {
    command.configuration.commandName ?? "\(command)".lowercased()
  }
}
