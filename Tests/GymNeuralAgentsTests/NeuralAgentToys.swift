import Foundation
import Gym
import GymNeuralAgents
import GymRandomness
import GymTestSupport

/// Small agents, and the toy problem that they learn: each cell's answer is its token's successor.
enum Toys {
  static let cells = 6
  static let vocabulary = 5

  static func agent<Network>(
    _ type: NeuralAgent<Network>.Type, _ values: [String: String] = [:], workers: Int = 1,
    identifiers: Int = 3, exchangeable: [UInt8] = [], seed: UInt64 = 4, ranks: Ranks = .alone
  ) throws -> NeuralAgent<Network> {
    var settings = Settings(type.settings)
    let small = [
      "hidden": "8", "heads": "2", "blocks": "1", "high-blocks": "1", "low-blocks": "1",
      "batch": "5", "max-segments": "3", "warmup-steps": "2", "expansion": "1",
    ]
    for (name, value) in small where values[name] == nil && settings[name] != nil {
      try settings.set(name, to: value)
    }
    for (name, value) in values { try settings.set(name, to: value) }
    return try type.init(
      settings: settings,
      context: AgentContext(
        vocabularyCount: vocabulary, grid: GridShape(rows: 2, columns: 3),
        regions: [0, 0, 1, 0, 1, 1], exchangeable: exchangeable, blank: 1,
        puzzleIdentifiers: identifiers, batchSize: settings[NeuralConfiguration.batch],
        seed: seed, workers: workers, ranks: ranks))
  }

  /// - Parameter traced: whether traces fill two cells per state: three states after the question.
  static func batch(
    _ step: Int, count: Int = 5, traced: Bool = false, progress: Double = 0
  ) -> TrainingBatch {
    var random = RandomStream(key: RandomKey(seed: 9, "batch"), stream: UInt64(step))
    let questions = (0..<count * cells).map { _ in UInt8(random.integer(in: 1...4)) }
    let labels = questions.map { $0 % 4 + 1 }
    let traces = (0..<count).map { row in
      (0...3).map { state in
        (0..<cells).map { cell in
          (cell < 2 * state ? labels : questions)[row * cells + cell]
        }
      }
    }
    return TrainingBatch(
      questions: QuestionBatch(
        cells: cells, questions: questions,
        identifiers: (0..<count).map { _ in Int32(random.below(3)) }),
      labels: labels, traces: traced ? traces : [], progress: progress)
  }

  static func weights(of agent: some LearningAgent) throws -> Data {
    try withTemporaryFolder { folder in
      try agent.save(to: folder)
      return try Data(contentsOf: folder.appendingPathComponent("model.safetensors"))
    }
  }
}
