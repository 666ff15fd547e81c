import Datasets
import Gym

/// The batches that a run trains on, one after another: what a sampler draws, read from the split,
/// with the reasoning traces where the agent learns from them.
public struct TrainingBatches: Sendable {
  private let split: DatasetSplit
  private let traces: TraceSource?
  private var sampler: BatchSampler

  /// The batches from a state on.
  ///
  /// - Precondition: the batch size is positive, the state not negative.
  public init(
    _ split: DatasetSplit, batchSize: Int, seed: UInt64, state: SamplerState = SamplerState(),
    traces: TraceSource? = nil
  ) {
    self.split = split
    self.traces = traces
    sampler = BatchSampler(split, batchSize: batchSize, seed: seed, state: state)
  }

  /// The place of the next batch.
  public var state: SamplerState { sampler.state }

  /// The next batch.
  ///
  /// - Throws: a `GymError` that names file, row and cell of a value that is no token.
  public mutating func next() throws -> TrainingBatch {
    let batch = try split.batch(sampler.next())
    guard let traces else { return batch }
    return TrainingBatch(
      questions: batch.questions, labels: batch.labels,
      traces: traces.traces(of: batch.questions))
  }
}
