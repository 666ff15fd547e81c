import Foundation
import Gym
import NeuralNetworks
import Randomness
import Tensors

/// The Hierarchical Reasoning Model (arXiv 2506.21734) as the released implementation trains it:
/// two modules at two rates, one-step gradient, deep supervision with carried states, and adaptive
/// computation with Q-learning.
public final class HRM: LearningAgent {
  public static let id = PluginID("hrm", version: 1)
  public static let summary =
    "Hierarchical Reasoning Model: two recurrent modules, halting learned by Q-learning"
  public static let settings = HRMConfiguration.settings
  public static let presets = HRMConfiguration.presets

  package let configuration: HRMConfiguration
  let model: HRMModel
  let workers: WorkerPool
  let replicas: [Replica]
  /// The slots of each worker; made at the first training step, or restored.
  var slots: [HRMSlots] = []
  let optimiser: AdamATan2
  /// The average of the weights, once learning has begun and where one is wanted.
  var average: WeightAverage?
  let puzzleOptimiser: SparseSignSGD
  private let explorationKey: RandomKey
  public internal(set) var steps = 0
  private var learns = false

  public convenience init(settings: Settings, context: AgentContext) throws {
    self.init(
      try HRMConfiguration(settings, context: context), seed: context.seed,
      workers: context.workers)
  }

  /// A model with initial weights from a seed.
  package init(_ configuration: HRMConfiguration, seed: UInt64, workers: Int) {
    self.configuration = configuration
    model = HRMModel(configuration, initialiser: Initialiser(seed: seed))
    self.workers = WorkerPool(count: workers)
    replicas = (0..<workers).map { _ in Replica(activationType: configuration.activationType) }
    optimiser = AdamATan2(
      model.parameters, decay: configuration.decay, beta1: configuration.beta1,
      beta2: configuration.beta2)
    puzzleOptimiser = SparseSignSGD(decay: configuration.puzzleDecay)
    explorationKey = RandomKey(seed: seed, "exploration")
  }

  public var parameterCount: Int { model.parameterCount }

  /// What AdamATan2 trains.
  package var parameters: [Parameter] { model.parameters }

  /// The loss over the cells of the last batch of gradients, summed over the batch.
  package var cellLoss: Double { slots.reduce(0) { $0 + $1.outcome.cellLoss } }

  public func learn(from batch: TrainingBatch) throws -> StepReport {
    try computeGradients(for: batch)
    return try update()
  }

  /// Fills free slots from the batch, runs a segment everywhere and leaves the gradients with the
  /// workers.
  package func computeGradients(for batch: TrainingBatch) throws {
    try check(batch)
    prepareToLearn()
    let key = explorationKey.deriving(UInt64(steps))
    workers.run { [model, replicas, slots, configuration] worker in
      slots[worker].refill(from: batch, model: model)
      slots[worker].learn(
        model: model, on: replicas[worker], batchSize: configuration.batchSize
      ) { RandomStream(key: key, stream: UInt64($0)) }
    }
  }

  /// Steps the optimisers and reports.
  ///
  /// - Throws: where the loss or a gradient is not finite; the weights are then as before.
  package func update() throws -> StepReport {
    var report = StepReport()
    report.steps = 1
    for outcome in slots.map(\.outcome) {
      report.loss += outcome.loss / Double(configuration.batchSize)
      report.finished += outcome.finished
      report.cellAccuracy += outcome.cellAccuracy
      report.exact += outcome.exact
      report.segments += outcome.segments
      report.extra["halt-accuracy", default: 0] += Double(outcome.haltAccuracy)
    }
    report.learningRate = configuration.rate.rate(at: steps + 1)
    guard
      report.loss.isFinite,
      optimiser.step(
        steps + 1, rate: report.learningRate, replicas: replicas, workers: workers)
    else {
      throw GymError(
        "the loss or a gradient is not a finite number at step \(steps + 1)",
        remedy: "Lower the learning rate, or resume from the last checkpoint")
    }
    updatePuzzles(rate: configuration.puzzleRate.rate(at: steps + 1))
    average?.update(replicas: replicas, workers: workers)
    steps += 1
    report.cost = stepCost
    return report
  }

  private func updatePuzzles(rate: Double) {
    guard let puzzles = model.puzzles else { return }
    let width = configuration.puzzleWidth
    let gradients = Tensor(zeros: [configuration.batchSize, width])
    for slots in slots {
      if let gradient = slots.outcome.puzzleGradient {
        gradients.slice(slots.range).copy(from: gradient.reshaped([slots.range.count, width]))
      }
    }
    puzzleOptimiser.step(
      puzzles, identifiers: slots.flatMap(\.identifiers), gradients: gradients, rate: rate,
      on: replicas[0].device)
  }

  /// Makes gradients, slots and the weights' average, once.
  func prepareToLearn() {
    guard !learns else { return }
    learns = true
    for replica in replicas { replica.makeGradients(for: model.parameters) }
    if configuration.averageDecay > 0 {
      average = WeightAverage(of: model.parameters, decay: configuration.averageDecay)
    }
    slots = (0..<workers.count).map {
      HRMSlots(range: workers.share(of: configuration.batchSize, worker: $0), model: model)
    }
  }

  private func check(_ batch: TrainingBatch) throws {
    guard batch.count == configuration.batchSize, batch.questions.cells == configuration.cells
    else {
      throw GymError(
        "the batch has \(batch.count) examples of \(batch.questions.cells) cells",
        expected: "\(configuration.batchSize) of \(configuration.cells)")
    }
    try check(batch.questions)
    guard batch.labels.allSatisfy({ Int($0) < configuration.vocabularyCount }) else {
      throw GymError(
        "a label is outside the vocabulary",
        expected: "tokens below \(configuration.vocabularyCount)")
    }
  }

  /// Checks what comes from outside before it reaches a kernel.
  func check(_ questions: QuestionBatch) throws {
    guard questions.cells == configuration.cells else {
      throw GymError(
        "the questions have \(questions.cells) cells",
        expected: "\(configuration.cells), as the model was made for")
    }
    guard questions.questions.allSatisfy({ Int($0) < configuration.vocabularyCount }) else {
      throw GymError(
        "a question holds a token outside the vocabulary",
        expected: "tokens below \(configuration.vocabularyCount)")
    }
    let known = Int32(configuration.puzzleIdentifiers)
    guard questions.identifiers.allSatisfy({ (0..<known).contains($0) }) else {
      throw GymError(
        "a puzzle identifier is unknown to the model", expected: "identifiers below \(known)")
    }
  }
}
