import ArgumentParser
import Foundation
import Gym
import GymDatasets
import GymJSON
import GymTensors
import GymTraining

/// A command whose work several ranks do together. Others are rank 0's alone.
protocol RankedCommand: ParsableCommand {}

extension ReasonGym {
  /// Makes sure that the processes that a launcher started know of each other.
  ///
  /// - Throws: a `GymError` if they cannot be joined.
  static func checkLauncher() throws {
    guard let problem = Ranks.problem else { return }
    // One of them says it for all.
    if Ranks.launchedRank != 0 { exit(1) }
    throw GymError(
      "a launcher started several processes, and MPI cannot join them: \(problem)",
      remedy: "\"make build MPI=1\" compiles what joins them")
  }

  /// Runs the command on several ranks, and ends the process.
  func run(_ arguments: [String], on ranks: Ranks) -> Never {
    do {
      try Ranks.setLimit(seconds: Self.limit())
      try ranks.agree(on: Self.facts(arguments))
      var command = try RootCommand.parseAsRoot(arguments)
      if command is any RankedCommand {
        try command.run()
      } else {
        // The others wait, however long it takes.
        Ranks.setLimit(seconds: 0)
        if ranks.isFirst { try command.run() }
      }
      try checkOutput()
      ranks.meet()
      Ranks.finish()
      exit(0)
    } catch {
      end(error, on: ranks)
    }
  }

  /// Ends all ranks after an error, which one of them tells.
  func end(_ error: any Error, on ranks: Ranks) -> Never {
    StopSignal.yieldToEnd()
    let code = RootCommand.exitCode(for: error).rawValue
    if error is ExitCode || code == 0 {
      // All ranks are here: help, or an interruption that they agreed on.
      if code == 0 { print(Help.fitting(RootCommand.fullMessage(for: error))) }
      Ranks.finish()
      exit(code)
    }
    // If all ranks have the same error, rank 0 has told it before the others' time has come.
    if !ranks.isFirst { Thread.sleep(forTimeInterval: 1 + 0.02 * Double(ranks.rank)) }
    var text = "Error: \(RootCommand.message(for: error))"
    if ranks.isFirst, RootCommand.exitCode(for: error) == .validationFailure {
      text = Help.fitting(RootCommand.fullMessage(for: error))
    } else if !text.hasPrefix("Error: rank ") {
      text.insert(
        contentsOf: "rank \(ranks.rank) on \(Ranks.host(of: ranks.rank)): ",
        at: text.index(text.startIndex, offsetBy: 7))
    }
    Ranks.say(text.withVisibleControls + "\n")
    Ranks.end(code: code)
  }

  /// The facts that all ranks share. Results depend on the instructions, too, since each rounds
  /// in its own way.
  private static func facts(_ arguments: [String]) throws -> JSON {
    let program = Bundle.main.executableURL
    return [
      "version": .string(version),
      "program": .string(try program.map { try FileDigest.text(ofFile: $0) } ?? ""),
      "vector instructions": .string(CPUDevice.vectorInstructions),
      "command line": .string(arguments.joined(separator: " ")),
    ]
  }

  /// The seconds after which a rank that does not answer is given up.
  private static func limit() throws -> Double {
    let name = "REASONGYM_RANK_SECONDS"
    guard let text = ProcessInfo.processInfo.environment[name] else { return 1800 }
    guard let seconds = Double(text), seconds >= 0, seconds.isFinite else {
      throw GymError("\(name) is \(text)", expected: "seconds, or 0 for no limit")
    }
    return seconds
  }
}
