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
      Takes about three minutes on two processors. Everything lands in one folder: the dataset in
      data/, the run in run/. A demo that is there is replaced.

      Examples:
        reasongym demo
        reasongym demo --steps 10000 --out ../demo
      """)

  @Option(help: ArgumentHelp("The folder of everything.", valueName: "DIR"))
  var out = "demo"

  @Option(help: ArgumentHelp("Steps to train.", valueName: "N"))
  var steps = Demo.steps

  func validate() throws {
    guard (1...1_000_000).contains(steps) else {
      throw ValidationError("--steps is \(steps); expected 1...1000000.")
    }
  }

  func run() throws {
    let interruption = Interruption.signals()
    let demo = try Demo(out: URL(fileURLWithPath: out), steps: steps)
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
        reasongym train \(Demo.agent) --out \(out)/run --resume --steps \(2 * steps)
      """)
  }
}
