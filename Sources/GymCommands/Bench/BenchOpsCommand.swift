import ArgumentParser
import Foundation
import GymJSON
import GymNetworks
import GymReports
import GymTensors

/// `reasongym bench ops`: compares each fused operation with both limits of the machine.
struct BenchOpsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ops",
    abstract: "Time each fused operation, with its bytes and operations against both ceilings.",
    discussion: Help.flowing(
      """
      A roof is the greater of two shares: operations per second of the product peak, and bytes
      per second of the memory peak, both measured in the same run. Small arrays stay in the caches,
      so that a roof by memory may be above 1. One thread.

      Examples:
        reasongym bench ops --hidden 128 --heads 4 --batch 8
        reasongym bench ops --hidden 512 --heads 8 --batch 4 --cells 900 \\
          --dtype bf16 --json
      """))

  @OptionGroup var layer: BenchLayerOptions

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    let block = try makeBlock()
    let rows = Double(layer.batch) * Double(layer.cells + 1)
    let width = Double(13 * block.hidden + 6 * block.swiGLUWidth)  // of all arrays of `all`
    try layer.checkMemory(rows * width * Double(layer.elementType().size))
  }

  private func makeBlock() throws -> BlockConfiguration {
    guard
      let block = BlockConfiguration(hidden: layer.hidden, heads: layer.heads, expansion: 4)
    else {
      throw ValidationError(
        "--hidden is \(layer.hidden) with --heads \(layer.heads); expected heads that divide it "
          + "into even parts")
    }
    return block
  }

  func run() throws {
    let (type, block) = (try layer.elementType(), try makeBlock())
    let pool = try WorkerPool(count: 1)
    let products = ProductPeak.measure(type, workers: pool)
    let memory = MemoryPeak.measure(workers: pool)
    let device = CPUDevice(activationType: type)
    let results = MeasuredOperation.all(
      block, batch: layer.batch, length: layer.cells + 1, vocabulary: 11, type: type
    ).map { operation -> Result in
      let timings = Timings(repeats: layer.repeats) { _ in operation.run(device) }
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

/// One fused operation at a size: the bytes it moves, the operations it performs, and how to run
/// it.
struct MeasuredOperation {
  let name: String
  /// The floating-point operations of its products, two per multiply-add; 0 if only memory matters.
  let flops: Double
  /// The bytes read and written, each array once.
  let bytes: Double
  let run: @Sendable (CPUDevice) -> Void
}

extension MeasuredOperation {
  /// The operations of a training step of one block on `batch` sequences.
  static func all(
    _ block: BlockConfiguration, batch: Int, length: Int, vocabulary: Int, type: ElementType
  ) -> [MeasuredOperation] {
    let rows = batch * length
    let (d, m) = (block.hidden, block.swiGLUWidth)
    func filled(_ shape: Shape, _ type: ElementType) -> Tensor {
      let tensor = Tensor(zeros: shape, type: type)
      tensor.set((0..<shape.count).map { Float($0 % 23) * 0.05 - 0.5 })
      return tensor
    }
    func size(_ counts: Int...) -> Double { Double(counts.reduce(0, +) * type.size) }
    func linear(
      _ name: String, _ outputs: Int, _ inputs: Int, _ layout: PackedMatrix.Layout = .plain
    ) -> [MeasuredOperation] {
      let flops = 2 * Double(rows) * Double(outputs) * Double(inputs)
      let x = filled([rows, inputs], type)
      let dy = filled([rows, outputs], type)
      let w = filled([outputs, inputs], type)
      let weight = Weight(w, packed: PackedMatrix(layout, packing: w))
      let dw = Tensor(zeros: [outputs, inputs])
      let (sizeX, sizeY, weights) = (rows * inputs, rows * outputs, outputs * inputs)
      let forward =
        switch layout {
        case .plain:
          [
            MeasuredOperation(
              name: "\(name): x·wᵀ", flops: flops, bytes: size(sizeX, sizeY, weights)
            ) { _ = $0.linear(x, weight, result: type) }
          ]
        case .gated:
          [false, true].map { keeps in
            MeasuredOperation(
              name: "\(name): SwiGLU(x·wᵀ)" + (keeps ? ", all kept" : ""), flops: flops,
              bytes: size(sizeX, sizeY / 2 + (keeps ? sizeY : 0), weights)
            ) { _ = $0.linearSwiGLU(x, weight, keepsGateUp: keeps) }
          }
        }
      return forward + [
        MeasuredOperation(
          name: "\(name): dy·w", flops: flops, bytes: size(sizeX, sizeY, weights)
        ) { _ = $0.linearInputGradient(dy, w) },
        MeasuredOperation(
          name: "\(name): dyᵀ·x", flops: flops,
          bytes: size(sizeX, sizeY) + Double(8 * weights)
        ) { $0.addLinearWeightGradient(dy, x, to: dw) },
      ]
    }
    let x = filled([batch, length, d], type)
    let r = filled([batch, length, d], type)
    let inverse = filled([rows], .float32)
    let gateUp = filled([rows, 2 * m], type)
    let inner = filled([rows, m], type)
    let qkv = filled([batch, length, 3 * d], type)
    let logSums = filled([batch, block.heads, length], .float32)
    let rotary = RotaryTable(length: length, headSize: block.headSize)
    let scores = 2 * Double(rows) * Double(length) * Double(d)
    let logits = filled([rows, vocabulary], .float32)
    let labels = (0..<rows).map { Int32($0 % vocabulary) }
    let weights = [Float](repeating: 1, count: rows)
    let p = filled([2 * m, d], .float32)
    let moments = (filled([2 * m, d], .float32), filled([2 * m, d], .float32))
    let gradient = filled([2 * m, d], .float32)
    let step = AdamStep(t: 10, rate: 1e-4, decay: 0.1, beta1: 0.9, beta2: 0.95)
    return linear("qkv", 3 * d, d) + linear("output", d, d)
      + linear("gate and up", 2 * m, d, .gated)
      + linear("down", d, m) + [
        MeasuredOperation(
          name: "attention", flops: 2 * scores, bytes: size(4 * rows * d)
        ) { _ = $0.attention(qkv, heads: block.heads, rotary: rotary, keepsLogSums: true) },
        MeasuredOperation(
          name: "attention, gradient", flops: 5 * scores, bytes: size(8 * rows * d)
        ) {
          _ = $0.attentionGradient(
            qkv, heads: block.heads, rotary: rotary, out: x, logSums: logSums, dy: r)
        },
        MeasuredOperation(name: "add", flops: 0, bytes: size(3 * rows * d)) { _ = $0.add(x, r) },
        MeasuredOperation(name: "residual and norm", flops: 0, bytes: size(3 * rows * d)) {
          _ = $0.residualNorm(x, r, epsilon: 1e-5, keepsInverse: true)
        },
        MeasuredOperation(
          name: "residual and norm, gradient", flops: 0, bytes: size(3 * rows * d)
        ) { _ = $0.residualNormGradient(y: x, inverse: inverse, dy: r) },
        MeasuredOperation(name: "SwiGLU, gradient", flops: 0, bytes: size(5 * rows * m)) {
          _ = $0.swiGLUGradient(gateUp, dy: inner)
        },
        MeasuredOperation(
          name: "cross-entropy", flops: 0, bytes: Double(4 * rows * vocabulary)
        ) { _ = $0.crossEntropy(.stablemax, logits: logits, labels: labels) },
        MeasuredOperation(
          name: "cross-entropy, gradient", flops: 0, bytes: Double(8 * rows * vocabulary)
        ) {
          _ = $0.crossEntropyGradient(
            .stablemax, logits: logits, labels: labels, weights: weights)
        },
        MeasuredOperation(name: "AdamATan2", flops: 0, bytes: Double(28 * p.count)) {
          $0.adamATan2(p, gradient: gradient, first: moments.0, second: moments.1, step: step)
        },
      ]
  }
}
