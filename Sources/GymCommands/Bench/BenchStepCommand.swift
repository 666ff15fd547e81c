import ArgumentParser
import Foundation
import Gym
import GymJSON
import GymNeuralAgents
import GymReports
import GymTensors

/// `reasongym bench step`: compares a full training step with the machine's matrix products.
struct BenchStepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "step",
    abstract: "Time a full training step: segment, target segment, gradients, optimizers.",
    discussion: Help.flowing(
      """
      The peak is what large matrix products of the same dtype and threads reach in the same run;
      roofline_ratio is the step's operations, counted from the shapes, over its time and the peak.

      Examples:
        reasongym bench step --hidden 128 --blocks 2 --heads 4 --batch 64 \\
          --cells 81 --dtype bf16
        reasongym bench step --hidden 512 --blocks 4 --heads 8 --batch 16 --json
        reasongym bench step --cycles 8 --gradient bptt --gradient-steps 72
      """))

  @OptionGroup var model: BenchModelOptions

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let type = try model.layer.elementType()
    let agent = try model.makeAgent()
    let batches = (0..<4).map(model.layer.makeBatch)
    let pool = try WorkerPool(count: model.workers)
    // The peak is measured before and after, since the load on the machine varies.
    var peak = ProductPeak.measure(type, workers: pool)
    var (blocks, flops) = (0, 0.0)
    let timings = try Timings(repeats: model.layer.repeats) { index in
      if index == 2 { blocks = agent.memoryBlocks }
      flops = try agent.learn(from: batches[index % batches.count]).cost.flops
    }
    peak = max(peak, ProductPeak.measure(type, workers: pool))
    let achieved = flops / timings.median
    let steady = agent.memoryBlocks - blocks
    if json {
      let result: JSON = [
        "seconds": timings.json, "flops": .number(flops),
        "flops_per_second": .number(achieved), "peak_flops_per_second": .number(peak),
        "roofline_ratio": .number(achieved / peak), "dtype": .string(type.rawValue),
        "workers": JSON(model.workers),
        "parameters": JSON(agent.parameterCount),
        "steady_allocations": JSON(steady),
        "activation_bytes": JSON(agent.memoryBytes),
      ]
      return print(result.text(.pretty))
    }
    print(
      """
      training step  \(timings.text)
      operations     \(gigaflops(flops)) GFLOP, \(gigaflops(achieved)) GFLOP/s
      product peak   \(gigaflops(peak)) GFLOP/s (\(type.rawValue), \(model.workers) threads)
      roofline ratio \(Figures.fixed(3, of: achieved / peak))
      allocations    \(steady) after warm-up
      activations    \(agent.memoryBytes >> 20) MiB at most
      """)
  }

  private func gigaflops(_ value: Double) -> String { Figures.fixed(1, of: value * 1e-9) }
}
