import Foundation
import Gym
import GymNetworks
import GymRandomness
import GymTensors

/// A network that answers in segments, trained with deep supervision: everything except the
/// network.
public final class NeuralAgent<Network: SegmentNetwork>: LearningAgent {
  public static var id: PluginID { Network.id }
  public static var summary: String { Network.summary }
  public static var settings: [Setting] { Network.settings }
  public static var presets: [Preset] { Network.presets }
  public static var learnsFromTraces: Bool { Network.readsThoughts }
  public static var answersOtherGrids: Bool { Network.answersOtherGrids }
  public static var learnsOnRanks: Bool { true }

  let configuration: NeuralConfiguration
  let model: NeuralModel<Network>
  let ranks: Ranks
  let workers: WorkerPool
  let replicas: [Replica]
  /// This rank's slots of the batch in order, in groups that go through the network together; made
  /// at the first training step, or restored.
  var slots: [TrainingSlots<Network>] = []
  /// The groups of each of this rank's workers, as indices into `slots`.
  var shares: [Range<Int>] = []
  let optimizer: Optimizer
  let puzzleOptimizer: SparseSignSGD
  /// The average of the weights that is used for answering, if one is kept, once learning has
  /// begun.
  var average: WeightAverage?
  private let key: RandomKey
  public internal(set) var steps = 0
  private var learns = false

  public init(settings: Settings, context: AgentContext) throws {
    let configuration = try NeuralConfiguration(
      settings, context: context, segments: Network.segments(settings),
      hasSymbolAxis: Network.hasSymbolAxis(settings))
    self.configuration = configuration
    model = try NeuralModel(configuration, settings: settings, seed: context.seed)
    ranks = context.ranks
    workers = try WorkerPool(count: context.workersOfRank)
    replicas = (0..<context.workersOfRank).map { _ in
      Replica(activationType: configuration.activationType)
    }
    optimizer = Optimizer(
      configuration.parameterGroups(
        matrices: model.matrices, others: model.outerParameters,
        all: model.parameters), clip: configuration.clip, ranks: context.ranks)
    puzzleOptimizer = SparseSignSGD(decay: configuration.puzzleDecay)
    key = RandomKey(seed: context.seed, "exploration")
  }

  public var parameterCount: Int { model.parameterCount }

  public var settingsOfTraces: [String] { model.network.settingsOfTraces }
  public var augmentation: TrainingAugmentation { configuration.augmentation }
  public var readsDemonstrations: Bool { configuration.demonstrations != nil }
  public var learnsFromDemonstrations: Bool { readsDemonstrations }
  public var readsIdentifiers: Bool { configuration.puzzleWidth > 0 }

  /// A puzzle embedding may tell the symbols of a puzzle apart.
  public var commutesWithRenaming: Bool {
    configuration.symbols != nil && configuration.puzzleWidth == 0
  }

  public func learn(from batch: TrainingBatch) throws -> StepReport {
    try computeGradients(for: batch)
    return update(progress: batch.progress)
  }

  /// Fills free slots from the batch, runs a segment on all slots and leaves the gradients with the
  /// workers.
  package func computeGradients(for batch: TrainingBatch) throws {
    try configuration.check(batch)
    try prepareToLearn()
    let key = key.deriving(UInt64(steps))
    let model = arrangedModel(at: batch.progress)
    workers.run { [replicas, slots, shares, configuration, steps] worker in
      for slots in slots[shares[worker]] {
        slots.refill(from: batch, model: model)
        slots.learn(
          model: model, on: replicas[worker], batchSize: configuration.batchSize, step: steps,
          progress: batch.progress, key: key)
      }
    }
  }

  /// Steps the optimizers and returns the report.
  ///
  /// If the loss or a gradient is not finite, the reported loss is NaN and the weights are
  /// unchanged.
  ///
  /// - Parameter progress: the share of the budget used before the step.
  package func update(progress: Double = 0) -> StepReport {
    var report = StepReport()
    report.steps = 1
    for outcome in ranks.gathered(each: slots.map { OutcomeSums($0.outcome) }) {
      report.loss += outcome.loss / Double(configuration.batchSize)
      report.finished += outcome.finished
      report.cellAccuracy += outcome.cellAccuracy
      report.exact += outcome.exact
      report.segments += outcome.segments
      report.cost.flops += outcome.flops
      if model.network.halting != .atOnce {
        report.extra["halt-accuracy", default: 0] += Double(outcome.haltAccuracy)
      }
    }
    // A target for continuing may need a segment more.
    let passes = model.network.halting == .qLearning(.exact) ? 2 : 1
    report.cost.passes = configuration.batchSize * passes
    report.cost.tokens = configuration.batchSize * model.tokensPerThought
    let rates = configuration.rates(step: steps + 1, progress: progress)
    report.learningRate = rates[0]
    guard report.loss.isFinite else {
      for replica in replicas { replica.makeGradients(for: model.parameters) }
      report.loss = .nan
      return report
    }
    guard
      optimizer.step(steps + 1, rates: rates, replicas: replicas, workers: workers)
    else {
      report.loss = .nan
      return report
    }
    updatePuzzles(
      rate: configuration.rate(configuration.puzzleRate, step: steps + 1, progress: progress))
    steps += 1
    average?.update(
      step: steps, replicas: replicas, workers: workers, parts: ranks.count * workers.count)
    return report
  }

  /// The model as it runs in the next training step.
  private func arrangedModel(at progress: Double) -> NeuralModel<Network> {
    var random = RandomStream(key: key.deriving("arrangement"), stream: UInt64(steps))
    return model.arranged(at: progress).drawn(using: &random)
  }

  private func updatePuzzles(rate: Double) {
    guard let table = model.puzzles.table else { return }
    let (first, width) = (slots.first?.range.lowerBound ?? 0, table.shape[1])
    let own = Tensor(zeros: [slots.reduce(0) { $0 + $1.range.count }, width])
    for slots in slots {
      if let gradient = slots.outcome.puzzleGradient {
        own.slice(slots.range.lowerBound - first..<slots.range.upperBound - first)
          .copy(from: gradient)
      }
    }
    let gradients = ranks.gathered(each: own.values)
    puzzleOptimizer.step(
      table, identifiers: ranks.gathered(each: slots.flatMap(\.identifiers)),
      gradients: Tensor(gradients, shape: [configuration.batchSize, width]), rate: rate,
      on: replicas[0].device)
  }

  /// The slots of one of several workers.
  func share(of worker: Int, of workers: Int) -> Range<Int> {
    WorkerPool.share(of: configuration.batchSize, part: worker, of: workers)
  }

  /// Makes gradients, slots and the weight average, once.
  ///
  /// - Throws: a `GymError` if they cannot fit the machine's memory.
  func prepareToLearn() throws {
    guard !learns else { return }
    try checkMemoryOfLearning()
    learns = true
    for replica in replicas { replica.makeGradients(for: model.parameters) }
    if configuration.averageDecay > 0 {
      average = WeightAverage(of: model.parameters, decay: configuration.averageDecay)
    }
    for worker in 0..<workers.count {
      let parts = configuration.parts(
        of: share(of: ranks.rank * workers.count + worker, of: ranks.count * workers.count))
      shares.append(slots.count..<slots.count + parts.count)
      slots += parts.map { TrainingSlots(range: $0, model: model) }
    }
  }
}
