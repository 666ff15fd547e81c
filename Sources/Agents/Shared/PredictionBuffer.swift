import Gym
import Synchronization

/// Collects predictions from several workers.
final class PredictionBuffer: Sendable {
  private let stored: Mutex<[Prediction?]>

  /// A buffer with `count` places.
  init(count: Int) {
    stored = Mutex(Array(repeating: nil, count: count))
  }

  /// Stores predictions from `start` on.
  ///
  /// - Precondition: there are enough places.
  func store(_ predictions: [Prediction?], at start: Int) {
    stored.withLock { $0.replaceSubrange(start..<start + predictions.count, with: predictions) }
  }

  /// All predictions in order; nil for missing ones.
  var predictions: [Prediction?] { stored.withLock { $0 } }
}
