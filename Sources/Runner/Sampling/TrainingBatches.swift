import Datasets
import Gym
import Randomness

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
