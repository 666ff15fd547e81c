import Foundation
import Gym
import GymJSON
import GymRandomness

/// An agent that learns a table of weights [cell, token, token], from random parts of its batches:
/// so its weights depend on every batch, their order and its own random stream.
final class ToyAgent: LearningAgent {
  static let id = PluginID("toy", version: 1)
  static let summary = "A table of weights."
  private static let failsAt = Setting.integer(
    "fails-at", "The step whose loss is not a number.", default: 0, in: 0...1000)
  private static let unsavedAt = Setting.integer(
    "unsaved-at", "The step that cannot be saved.", default: 0, in: 0...1000)
  private static let silentAt = Setting.integer(
    "silent-at", "The step after which it cannot answer.", default: 0, in: 0...1000)
  static let settings = Setting.list(failsAt, unsavedAt, silentAt)

  private(set) var steps = 0
  private(set) var weights: [Double]
  private let values: Settings
  private let context: AgentContext

  init(settings: Settings, context: AgentContext) {
    values = settings
    self.context = context
    weights = Array(
      repeating: 0,
      count: context.grid.cells * context.vocabularyCount * context.vocabularyCount)
  }

  var parameterCount: Int { weights.count }

  /// Makes all weights the same.
  func fill(with weight: Double) { weights = weights.map { _ in weight } }

  func learn(from batch: TrainingBatch) throws -> StepReport {
    steps += 1
    var random = RandomStream(key: RandomKey(seed: context.seed, "toy"), stream: UInt64(steps))
    var report = StepReport()
    report.steps = 1
    report.learningRate = 0.5
    report.cost = ComputeCost(
      flops: 2 * Double(batch.count * batch.questions.cells), passes: batch.count)
    for example in 0..<batch.count {
      let question = Array(batch.questions.question(example))
      let answer = self.answer(to: question)
      let label = batch.labels[example * question.count..<(example + 1) * question.count]
      let right = zip(answer, label).count { $0 == $1 }
      report.finished += 1
      report.segments += 1
      report.cellAccuracy += Double(right) / Double(question.count)
      report.exact += right == question.count ? 1 : 0
      for (cell, (token, wanted)) in zip(question, label).enumerated() where random.chance(0.1) {
        let row = (cell * context.vocabularyCount + Int(token)) * context.vocabularyCount
        weights[row + Int(wanted)] += random.unit()
        report.loss += 1 / Double(batch.count)
      }
    }
    if steps == values[Self.failsAt] { report.loss = .nan }
    return report
  }

  func solve(_ questions: QuestionBatch, options: SolveOptions) throws -> [Prediction] {
    if steps > 0, steps == values[Self.silentAt] { throw GymError("the agent is silent") }
    return (0..<questions.count).map { index in
      let answer = answer(to: Array(questions.question(index)))
      return Prediction(answer: answer, confidence: 0.5, segments: options.segments ?? 1)
    }
  }

  func save(to folder: URL) throws {
    if steps > 0, steps == values[Self.unsavedAt] { throw GymError("No space left on device") }
    let state: JSON = [
      "steps": JSON(steps), "weights": .array(weights.map { .number($0) }),
    ]
    try state.write(to: folder.appendingPathComponent("weights.json"))
  }

  func restore(from folder: URL, forTraining: Bool) throws {
    let state = try JSON(contentsOf: folder.appendingPathComponent("weights.json"))
    guard let steps = state["steps"]?.integer,
      let weights = state["weights"]?.array?.compactMap(\.number)
    else { throw GymError("no state", at: folder.path) }
    (self.steps, self.weights) = (steps, weights)
  }

  private func answer(to question: [UInt8]) -> [UInt8] {
    question.enumerated().map { cell, token in
      let row = (cell * context.vocabularyCount + Int(token)) * context.vocabularyCount
      let scores = weights[row..<row + context.vocabularyCount]
      return UInt8((scores.indices.max { scores[$0] < scores[$1] } ?? row) - row)
    }
  }
}
