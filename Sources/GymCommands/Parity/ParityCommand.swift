import ArgumentParser
import Foundation
import Gym
import GymJSON
import GymNeuralAgents
import GymReports

/// `reasongym parity`: compares this HRM with recorded numbers of another implementation.
struct ParityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parity",
    abstract: "Repeat recorded HRM training steps and compare every number.",
    discussion: Help.flowing(
      """
      A recording is a folder with config.json, weights_initial.safetensors,
      training_steps.safetensors and evaluation.safetensors. For each kind of number the largest
      |ours - recorded| of a tensor is shown, divided by that tensor's largest |recorded|. The exit code is 1 if any
      error is above --tolerance.

      Examples:
        reasongym parity Fixtures/parity
        reasongym parity Fixtures/parity --tolerance 1e-5 --json
      """))

  @Argument(help: "The folder of a recording.", completion: .directory)
  var folder: String

  @Option(help: "The largest relative error that passes.")
  var tolerance = 1e-4

  @Option(help: "Worker threads.")
  var workers = 1

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard tolerance > 0, tolerance.isFinite else {
      throw ValidationError("--tolerance is \(tolerance); expected a number above 0")
    }
    guard (1...256).contains(workers) else {
      throw ValidationError("--workers is \(workers); expected 1 to 256")
    }
  }

  func run() throws {
    var parity = try HRMParity(folder: URL(fileURLWithPath: folder), workers: workers)
    let results = try parity.run()
    let passes = results.allSatisfy { $0.error <= tolerance }
    if json {
      print(Self.json(results, passes: passes, tolerance: tolerance).text(.pretty))
    } else {
      print(table(results).text(width: Terminal.output.width))
      print("\(passes ? "All agree" : "Not all agree") to \(tolerance).")
    }
    if !passes { throw ExitCode.failure }
  }

  private func table(_ results: [HRMParity.Result]) -> TextTable {
    var table = TextTable(
      ("numbers", .left), ("tensors", .right), ("error", .right), ("", .left), ("worst", .left))
    for result in results {
      table.add(
        result.kind.rawValue, "\(result.tensors)", Figures.significant(result.error),
        result.error <= tolerance ? "ok" : "FAILS", result.worst)
    }
    return table
  }

  private static func json(
    _ results: [HRMParity.Result], passes: Bool, tolerance: Double
  ) -> JSON {
    [
      "passes": .bool(passes), "tolerance": .number(tolerance),
      "results": .array(
        results.map {
          [
            "kind": .string($0.kind.rawValue), "tensors": JSON($0.tensors),
            "error": $0.error.isFinite ? .number($0.error) : .null, "worst": .string($0.worst),
          ]
        }),
    ]
  }
}
