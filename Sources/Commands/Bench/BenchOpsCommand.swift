import ArgumentParser
import Foundation
import GymReports
import JSON
import NeuralNetworks
import Tensors

/// `reasongym bench ops`: compares each fused operation with both limits of the machine.
struct BenchOpsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ops",
    abstract: "Time each fused operation, with its bytes and operations against both ceilings.",
    discussion: Help.flowing(
      """
      A roof is the greater of two shares: operations a second of the product peak, and bytes a
      second of the memory peak, both measured in the same run. Small arrays stay in the caches,
      so that a roof by memory may be above 1. One thread.

      Examples:
        reasongym bench ops --hidden 128 --heads 4 --batch 8
        reasongym bench ops --hidden 512 --heads 8 --batch 4 --cells 900 \\
          --dtype bf16 --json
      """))

  @OptionGroup var model: BenchModelOptions

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let type = try model.elementType()
    guard
      let block = BlockConfiguration(hidden: model.hidden, heads: model.heads, expansion: 4)
    else {
      throw ValidationError(
        "--hidden is \(model.hidden) with --heads \(model.heads); expected heads that divide it "
          + "into even parts")
    }
    let pool = WorkerPool(count: 1)
    let products = ProductPeak.measure(type, workers: pool)
    let memory = MemoryPeak.measure(workers: pool)
    let device = CPUDevice(activationType: type)
    let results = MeasuredOperation.all(
      block, batch: model.batch, length: model.cells + 1, vocabulary: 11, type: type
    ).map { operation -> Result in
      let timings = Timings(repeats: model.repeats) { _ in operation.run(device) }
      return Result(operation: operation, seconds: timings.median)
    }
    if json {
      let value: JSON = [
        "dtype": .string(type.rawValue), "peak_flops_per_second": .number(products),
        "peak_bytes_per_second": .number(memory),
        "operations": .array(results.map { $0.json(products: products, memory: memory) }),
      ]
      return print(value.text(.pretty))
    }
    var table = TextTable(
      ("operation", .left), ("ms", .right), ("GFLOP/s", .right), ("GB/s", .right),
      ("roof", .right))
    for result in results {
      table.add(
        result.operation.name, Figures.fixed(3, of: result.seconds * 1e3),
        result.operation.flops > 0 ? Figures.fixed(1, of: result.flopRate * 1e-9) : "",
        Figures.fixed(1, of: result.byteRate * 1e-9),
        Figures.fixed(2, of: result.roof(products: products, memory: memory)))
    }
    print(table.text(width: Terminal.output.width))
    print(
      "Ceilings: \(Figures.fixed(1, of: products * 1e-9)) GFLOP/s (\(type.rawValue) products), "
        + "\(Figures.fixed(1, of: memory * 1e-9)) GB/s.")
  }

  /// An operation and its median time.
  private struct Result {
    let operation: MeasuredOperation
    let seconds: Double

    var flopRate: Double { operation.flops / seconds }
    var byteRate: Double { operation.bytes / seconds }

    func roof(products: Double, memory: Double) -> Double {
      max(flopRate / products, byteRate / memory)
    }

    func json(products: Double, memory: Double) -> JSON {
      [
        "name": .string(operation.name), "seconds": .number(seconds),
        "flops": .number(operation.flops), "bytes": .number(operation.bytes),
        "roof": .number(roof(products: products, memory: memory)),
      ]
    }
  }
}
