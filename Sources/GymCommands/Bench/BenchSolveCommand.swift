import ArgumentParser
import Foundation
import Gym
import GymJSON
import GymNeuralAgents
import GymReports

/// `reasongym bench solve`: the latency of one puzzle and the throughput of many.
struct BenchSolveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "solve",
    abstract: "Time one puzzle at batch 1, and puzzles per second at the batch size.",
    discussion: Help.flowing(
      """
      Examples:
        reasongym bench solve --hidden 512 --blocks 4 --heads 8 --segments 16
        reasongym bench solve --json
      """))

  @OptionGroup var model: BenchModelOptions

  @Option(help: "Segments per puzzle.")
  var segments = 16

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard (1...1024).contains(segments) else {
      throw ValidationError("--segments is \(segments); expected 1 to 1024")
    }
  }

  func run() throws {
    let agent = try model.makeAgent()
    let many = model.layer.makeBatch(0).questions
    let one = QuestionBatch(
      cells: model.layer.cells, questions: Array(many.question(0)), identifiers: [0])
    let options = SolveOptions(segments: segments)
    let latency = try Timings(repeats: model.layer.repeats) { _ in
      _ = try agent.solve(one, options: options)
    }
    let throughput = try Timings(repeats: model.layer.repeats) { _ in
      _ = try agent.solve(many, options: options)
    }
    let rate = Double(many.count) / throughput.median
    if json {
      let result: JSON = [
        "latency_seconds": latency.json, "batch_seconds": throughput.json,
        "puzzles_per_second": .number(rate), "segments": JSON(segments),
        "dtype": .string(model.layer.dtype), "workers": JSON(model.workers),
      ]
      return print(result.text(.pretty))
    }
    print(
      """
      one puzzle    \(latency.text), \(segments.counted("segment"))
      \(many.count) puzzles    \(throughput.text), \(Figures.fixed(1, of: rate)) per second
      """)
  }
}
