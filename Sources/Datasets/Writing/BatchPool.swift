import Foundation

/// Batches that were written, for workers to fill again: memory that was used before costs less
/// than new pages.
final class BatchPool: @unchecked Sendable {
  // Unchecked: `batches` is touched only while `lock` is held.
  private let lock = NSLock()
  private var batches: [(training: ExampleBatch, held: ExampleBatch)] = []

  /// Empty batches of what is trained on and what is held out.
  func take() -> (training: ExampleBatch, held: ExampleBatch) {
    guard var (training, held) = lock.withLock({ batches.popLast() }) else {
      return (ExampleBatch(), ExampleBatch())
    }
    training.removeAll()
    held.removeAll()
    return (training, held)
  }

  /// Takes back what was written.
  func give(_ training: ExampleBatch, _ held: ExampleBatch) {
    lock.withLock { batches.append((training, held)) }
  }
}
