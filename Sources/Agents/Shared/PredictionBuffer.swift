import Gym
import Synchronization

/// Collects predictions that several workers make.
final class PredictionBuffer: Sendable {
  private let stored: Mutex<[Prediction?]>

  /// A place for so many predictions.
  init(count: Int) {
    stored = Mutex(Array(repeating: nil, count: count))
  }

  /// Puts predictions into the places from `start` on.
  ///
  /// - Precondition: there are so many places.
  func store(_ predictions: [Prediction?], at start: Int) {
    stored.withLock { $0.replaceSubrange(start..<start + predictions.count, with: predictions) }
  }

  /// All of them, in their order; nil if there is none.
  var predictions: [Prediction?] { stored.withLock { $0 } }
}
