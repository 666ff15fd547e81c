import ArgumentParser
import Foundation
import Gym
import GymJSON
import GymNeuralAgents
import GymRandomness
import GymTensors

/// `reasongym bench`: measures the engine's speed on this machine.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure the engine on this machine.",
    discussion: Help.flowing(
      """
      Examples:
        reasongym bench step --hidden 128 --blocks 2 --heads 4 --batch 64 --cells 81
        reasongym bench step --hidden 512 --blocks 4 --heads 8 --batch 16 \\
          --dtype bf16 --json
        reasongym bench solve --hidden 512 --blocks 4 --heads 8
        reasongym bench ops --hidden 128 --heads 4 --batch 8
      """),
    subcommands: [BenchStepCommand.self, BenchSolveCommand.self, BenchOpsCommand.self])
}

/// The sizes of a layer to measure.
struct BenchLayerOptions: ParsableArguments {
  @Option(help: "Hidden size.")
  var hidden = 128

  @Option(help: "Attention heads.")
  var heads = 4

  @Option(help: "Puzzles per batch.")
  var batch = 64

  @Option(help: "Cells per puzzle.")
  var cells = 81

  @Option(help: "Storage of activations: f32 or bf16.")
  var dtype = "f32"

  @Option(help: "Timed repetitions.")
  var repeats = 7

  func validate() throws {
    for (option, value) in [("--batch", batch), ("--cells", cells), ("--repeats", repeats)] {
      try check(option, value, in: 1...65_536)
    }
    try check("--hidden", hidden, in: 2...8192)
    // The states alone, which all that is measured reads and writes.
    try checkMemory(Double(batch * cells) * Double(hidden) * Double(elementType().size))
  }

  /// Rejects arrays that exceed the machine's memory, before they are asked for.
  func checkMemory(_ bytes: Double) throws {
    do {
      try NeededMemory.check(
        bytes, of: "\(batch) puzzles of \(cells) cells with --hidden \(hidden)",
        remedy: "Set --batch, --cells or --hidden to less")
    } catch let error as GymError {
      throw ValidationError(error.description)
    }
  }

  /// The storage type.
  func elementType() throws -> ElementType {
    guard let type = ElementType(rawValue: dtype) else {
      throw ValidationError("--dtype is \(dtype); expected f32 or bf16")
    }
    return type
  }

  /// Random questions with random labels.
  func makeBatch(_ index: Int) -> TrainingBatch {
    var random = RandomStream(key: RandomKey(seed: 1, "bench"), stream: UInt64(index))
    let questions = (0..<batch * cells).map { _ in UInt8(random.integer(in: 1...10)) }
    let labels = questions.map { _ in UInt8(random.integer(in: 2...10)) }
    return TrainingBatch(
      questions: QuestionBatch(
        cells: cells, questions: questions, identifiers: Array(repeating: 0, count: batch)),
      labels: labels)
  }
}

/// The sizes of a model to measure.
struct BenchModelOptions: ParsableArguments {
  @OptionGroup var layer: BenchLayerOptions

  @Option(help: "Blocks in each module.")
  var blocks = 2

  @Option(help: "High and low cycles.")
  var cycles = 2

  @Option(help: "How far back the gradient goes: one-step, bptt or implicit.")
  var gradient = "one-step"

  @Option(help: "Module updates that bptt goes back through; terms of implicit.")
  var gradientSteps = 6

  @Option(help: "Worker threads.")
  var workers = ProcessInfo.processInfo.activeProcessorCount

  func validate() throws {
    try check("--workers", workers, in: 1...1024)
  }

  /// A model with these sizes, 11 tokens and random weights.
  func makeAgent() throws -> HRM {
    var settings = Settings(HRM.settings)
    for (name, value) in [
      ("hidden", "\(layer.hidden)"), ("heads", "\(layer.heads)"), ("high-blocks", "\(blocks)"),
      ("low-blocks", "\(blocks)"), ("high-cycles", "\(cycles)"), ("low-cycles", "\(cycles)"),
      ("batch", "\(layer.batch)"), ("dtype", layer.dtype),
      ("gradient", gradient), ("gradient-steps", "\(gradientSteps)"),
    ] {
      try settings.set(name, to: value)
    }
    return try HRM(
      settings: settings,
      context: AgentContext(
        vocabularyCount: 11, grid: GridShape(rows: 1, columns: layer.cells), batchSize: layer.batch,
        seed: 1,
        workers: workers))
  }
}

/// The seconds of several repetitions.
struct Timings {
  private let seconds: [Double]

  /// Times `repeats` calls, after `warmUp` calls that do not count.
  init(repeats: Int, warmUp: Int = 2, _ body: (Int) throws -> Void) rethrows {
    seconds = try (0..<warmUp + repeats).map { index in
      let start = DispatchTime.now().uptimeNanoseconds
      try body(index)
      return Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
    }.dropFirst(warmUp).sorted()
  }

  var median: Double {
    let middle = seconds.count / 2
    return seconds.count % 2 == 1
      ? seconds[middle] : (seconds[middle - 1] + seconds[middle]) / 2
  }

  /// Median, minimum and maximum.
  var json: JSON {
    [
      "median": .number(median), "minimum": .number(seconds[0]),
      "maximum": .number(seconds[seconds.count - 1]), "repeats": JSON(seconds.count),
    ]
  }

  var text: String {
    String(
      format: "%.1f ms (%.1f to %.1f, %d times)", median * 1e3, seconds[0] * 1e3,
      seconds[seconds.count - 1] * 1e3, seconds.count)
  }
}

/// Measures how fast this machine streams memory.
enum MemoryPeak {
  /// The bytes per second that `workers` threads read and write together, adding arrays too large
  /// for any cache: the best of several tries.
  static func measure(workers: WorkerPool, tries: Int = 3) -> Double {
    let count = 1 << 24
    let devices = (0..<workers.count).map { _ in WorkerDevice(activationType: .float32) }
    let arrays = devices.map { $0.value.makeZeros([count], .float32) }
    var best = 0.0
    for _ in 0..<tries {
      let start = DispatchTime.now().uptimeNanoseconds
      workers.run { _ = devices[$0].value.add(arrays[$0], arrays[$0]) }
      let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
      // One array is read and one is written.
      best = max(best, Double(8 * count * workers.count) / seconds)
    }
    return best
  }
}
