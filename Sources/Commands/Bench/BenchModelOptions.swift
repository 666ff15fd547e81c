import Agents
import ArgumentParser
import Foundation
import Gym
import Randomness
import Tensors

/// The sizes of a model to measure.
struct BenchModelOptions: ParsableArguments {
  @Option(help: "Hidden size.")
  var hidden = 128

  @Option(help: "Blocks in each module.")
  var blocks = 2

  @Option(help: "Attention heads.")
  var heads = 4

  @Option(help: "Puzzles a batch.")
  var batch = 64

  @Option(help: "Cells per puzzle.")
  var cells = 81

  @Option(help: "High and low cycles.")
  var cycles = 2

  @Option(help: "How far back the gradient goes: one-step, bptt or implicit.")
  var gradient = "one-step"

  @Option(help: "Module updates that bptt goes back through; terms of implicit.")
  var gradientSteps = 6

  @Option(help: "Storage of activations: f32 or bf16.")
  var dtype = "f32"

  @Option(help: "Worker threads.")
  var workers = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: "Timed repetitions.")
  var repeats = 7

  func validate() throws {
    for (option, value) in [
      ("--batch", batch), ("--cells", cells), ("--workers", workers), ("--repeats", repeats),
    ] {
      try check(option, value, in: 1...65_536)
    }
  }

  /// A model with these sizes, 11 tokens and random weights.
  func makeAgent() throws -> HRM {
    var settings = Settings(HRM.settings)
    for (name, value) in [
      ("hidden", "\(hidden)"), ("heads", "\(heads)"), ("high-blocks", "\(blocks)"),
      ("low-blocks", "\(blocks)"), ("high-cycles", "\(cycles)"), ("low-cycles", "\(cycles)"),
      ("batch", "\(batch)"), ("dtype", dtype),
      ("gradient", gradient), ("gradient-steps", "\(gradientSteps)"),
    ] {
      try settings.set(name, to: value)
    }
    return try HRM(
      settings: settings,
      context: AgentContext(
        vocabularyCount: 11, grid: GridShape(rows: 1, columns: cells), batchSize: batch, seed: 1,
        workers: workers))
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
