import Synchronization

/// Written batches for workers to refill: reusing memory is cheaper than touching new pages.
final class BatchPool: Sendable {
  private let batches = Mutex<[(training: ExampleBatch, held: ExampleBatch)]>([])

  /// Empty batches for training and held-out examples.
  func take() -> (training: ExampleBatch, held: ExampleBatch) {
    guard var (training, held) = batches.withLock({ $0.popLast() }) else {
      return (ExampleBatch(), ExampleBatch())
    }
    training.removeAll()
    held.removeAll()
    return (training, held)
  }

  /// Takes back written batches.
  func give(_ training: ExampleBatch, _ held: ExampleBatch) {
    batches.withLock { $0.append((training, held)) }
  }
}
