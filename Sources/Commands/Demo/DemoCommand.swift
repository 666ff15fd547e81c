import ArgumentParser
import Datasets
import Foundation
import Gym
import Runner

/// `reasongym demo`: goes from nothing to a leaderboard in a few minutes.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Make puzzles, train three agents on them, and rank what they solve.",
    discussion: Help.flowing(
      """
      Takes about five minutes on two processors. Everything lands in one folder: the puzzles in
      data/, the runs in comparison/, the leaderboard in board.db, its pages in site/. A demo that
      is there is replaced, unless it was given more operations or its board has more entries:
      --force replaces that too.

      Examples:
        reasongym demo
        reasongym demo --flops 3e13 --out ../demo
      """))

  @Option(help: ArgumentHelp("The folder of everything.", valueName: "DIR"), completion: .directory)
  var out = "demo"

  @Option(help: ArgumentHelp("Operations of training for each agent.", valueName: "F"))
  var flops = Demo.flops

  @Flag(help: "Replace what is there, whatever it took.")
  var force = false

  func validate() throws {
    guard flops >= 1, flops <= 1e20 else {
      throw ValidationError("--flops is \(flops); expected 1 to 1e20.")
    }
  }

  func run() throws {
    let stopSignal = StopSignal.signals()
    let demo = try Demo(out: URL(fileURLWithPath: out), flops: flops)
    do {
      let page = try demo.run(replaces: force, until: stopSignal)
      print(
        """
        The leaderboard, with every puzzle and every answer: open \(page.path)

        Look further:
          reasongym leaderboard show \(out)/board.db
          reasongym scale \(out)/comparison/runs/hrm-1 --data \(out)/data --segments 1,2,4,8 \\
            --votes 1,8
        """)
    } catch is CancellationError {
      ProgressLine().note("Interrupted. The same command begins the demo anew.")
      throw ExitCode(StopSignal.exitCode)
    }
  }
}
