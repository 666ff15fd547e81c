import Gym
import GymDatasets
import GymRandomness

/// The sequence of batches that a run trains on: sampled, read from the split, and prepared for the
/// agent.
public struct TrainingBatches: Sendable {
  private let split: DatasetSplit
  private let preparation: BatchPreparation?
  private let key: RandomKey
  private var sampler: BatchSampler

  /// The batches starting from a state.
  ///
  /// - Precondition: the batch size is positive, the state not negative.
  public init(
    _ split: DatasetSplit, batchSize: Int, seed: UInt64, state: SamplerState = SamplerState(),
    preparation: BatchPreparation? = nil
  ) {
    self.split = split
    self.preparation = preparation
    key = RandomKey(seed: seed, "augmentation")
    sampler = BatchSampler(split, batchSize: batchSize, seed: seed, state: state)
  }

  /// The position of the next batch.
  public var state: SamplerState { sampler.state }

  /// The next batch, with the share of the training budget used before it.
  ///
  /// - Throws: a `GymError` that names file, row and cell of a value that is not a token.
  public mutating func next(progress: Double = 0) throws -> TrainingBatch {
    let draws = sampler.draw()
    let read = try split.batch(draws.map(\.example))
    let batch = TrainingBatch(questions: read.questions, labels: read.labels, progress: progress)
    return preparation?.prepared(batch, draws, key: key) ?? batch
  }
}

/// How the sampled examples are prepared for an agent: with reasoning traces, as new symmetric
/// copies, with extra clues.
public struct BatchPreparation: Sendable {
  private let task: any Task
  private let symmetric: (any SymmetricTask)?
  private let transformation: @Sendable ([UInt8], Symmetry) -> [UInt8]
  private let clueTokens: ClueTokens?
  private let addsTraces: Bool
  private let augmentation: TrainingAugmentation

  /// The preparation that an agent requires; nil if it takes examples unchanged.
  ///
  /// - Throws: a `GymError` if the task is unknown, or does not support what the agent requires.
  public init?(for agent: any LearningAgent, _ split: DatasetSplit, task: (any Task)?) throws {
    (addsTraces, augmentation) = (type(of: agent).learnsFromTraces, agent.augmentation)
    guard addsTraces || !augmentation.isNone else { return nil }
    let id = type(of: agent).id
    guard let task else {
      throw GymError(
        addsTraces
          ? "\(id) learns from reasoning traces, and the task that has them is not known"
          : "\(id) wants its examples varied, and the task that knows how is not known",
        at: split.url.path, remedy: "Name it by --task")
    }
    if augmentation.drawsFreshSymmetry, split.identifierCount > 1 {
      throw GymError(
        "fresh-symmetry would change what a puzzle's identifier stands for", at: split.url.path,
        remedy: "Set fresh-symmetry to false; the dataset's variants have identifiers of their own")
    }
    (self.task, symmetric) = (task, task as? any SymmetricTask)
    (transformation, clueTokens) = (task.transformation, task.clueTokens)
    if augmentation.revealed.values.contains(where: { $0 > 0 }), clueTokens == nil {
      throw GymError(
        "reveal is \(augmentation.revealed), and \(task.id) has no blanks to fill in",
        at: split.url.path, remedy: "Set reveal to 0")
    }
  }

  /// A batch of examples, the i-th of which was drawn in an epoch.
  ///
  /// All randomness is a function of the key, the epoch and the example only.
  func prepared(
    _ batch: TrainingBatch, _ draws: [SampledExample], key: RandomKey
  ) -> TrainingBatch {
    let cells = batch.questions.cells
    var (questions, labels) = (batch.questions.questions, batch.labels)
    if !augmentation.isNone {
      for (row, draw) in draws.enumerated() {
        let range = row * cells..<(row + 1) * cells
        var random = RandomStream(
          key: key.deriving(UInt64(draw.epoch)), stream: UInt64(draw.example))
        let (question, label) = varied(
          Array(questions[range]), Array(labels[range]), batch.progress, using: &random)
        questions.replaceSubrange(range, with: question)
        labels.replaceSubrange(range, with: label)
      }
    }
    let prepared = QuestionBatch(
      cells: cells, questions: questions, identifiers: batch.questions.identifiers)
    return TrainingBatch(
      questions: prepared, labels: labels, traces: addsTraces ? traces(of: prepared) : [],
      progress: batch.progress)
  }

  private func varied(
    _ question: [UInt8], _ label: [UInt8], _ progress: Double, using random: inout RandomStream
  ) -> (question: [UInt8], label: [UInt8]) {
    var (question, label) = (question, label)
    if augmentation.drawsFreshSymmetry, let symmetry = symmetric?.randomSymmetry(using: &random) {
      question = transformation(question, symmetry)
      label = transformation(label, symmetry)
    }
    if let tokens = clueTokens, random.chance(augmentation.revealed.value(at: progress)) {
      question = tokens.revealing(
        random.unit(), of: question, answer: label, using: &random)
    }
    return (question, label)
  }

  /// The states of each question's trace; empty if the task has none for it.
  private func traces(of questions: QuestionBatch) -> [[[UInt8]]] {
    (0..<questions.count).map { index in
      task.trace(of: Array(questions.question(index)))?.steps.map(\.tokens) ?? []
    }
  }
}
