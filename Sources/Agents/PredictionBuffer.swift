import Foundation
import Gym

/// Collects predictions that several workers make.
///
/// Unchecked: every access is under the lock.
final class PredictionBuffer: @unchecked Sendable {
  private let lock = NSLock()
  private var stored: [Prediction]

  init(count: Int) {
    stored = Array(repeating: Prediction(answer: nil), count: count)
  }

  func store(_ predictions: [Prediction], at start: Int) {
    lock.withLock {
      for (offset, prediction) in predictions.enumerated() { stored[start + offset] = prediction }
    }
  }

  var predictions: [Prediction] { lock.withLock { stored } }
}
