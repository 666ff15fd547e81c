import ArgumentParser
import Datasets
import Foundation
import Gym
import Runner

/// `reasongym demo`: from nothing to a trained agent, in a few minutes.
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Make puzzles, train an HRM on them, and watch it solve new ones.",
    discussion: """
      Takes about four minutes on two processors. Everything lands in one folder: the dataset in
      data/, the run in run/. A demo that is there is replaced.

      Examples:
        reasongym demo
        reasongym demo --minutes 10 --out /var/tmp/demo
      """)

  @Option(help: ArgumentHelp("The folder of everything.", valueName: "DIR"))
  var out = "demo"

  @Option(help: ArgumentHelp("Minutes to train.", valueName: "N"))
  var minutes = Demo.minutes

  func validate() throws {
    guard minutes > 0, minutes.isFinite else {
      throw ValidationError("--minutes is \(minutes); expected more than 0.")
    }
  }

  func run() throws {
    let interruption = Interruption.signals()
    let demo = try Demo(out: URL(fileURLWithPath: out), minutes: minutes)
    do {
      try demo.run(until: interruption)
    } catch is CancellationError {
      throw ExitCode(Interruption.exitCode)
    }
    if interruption.isRequested { throw ExitCode(Interruption.exitCode) }
    print(
      """

      Look further:
        reasongym dataset show \(out)/data
        reasongym evaluate \(out)/run --data \(out)/data --segments 8
        reasongym train \(Demo.agent) --out \(out)/run --resume --minutes \(Int(minutes) + 5)
      """)
  }
}
