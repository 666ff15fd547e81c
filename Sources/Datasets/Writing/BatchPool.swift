import Synchronization

/// Batches that were written, for workers to fill again: memory that was used before costs less
/// than new pages.
final class BatchPool: Sendable {
  private let batches = Mutex<[(training: ExampleBatch, held: ExampleBatch)]>([])

  /// Empty batches of what is trained on and what is held out.
  func take() -> (training: ExampleBatch, held: ExampleBatch) {
    guard var (training, held) = batches.withLock({ $0.popLast() }) else {
      return (ExampleBatch(), ExampleBatch())
    }
    training.removeAll()
    held.removeAll()
    return (training, held)
  }

  /// Takes back what was written.
  func give(_ training: ExampleBatch, _ held: ExampleBatch) {
    batches.withLock { $0.append((training, held)) }
  }
}
