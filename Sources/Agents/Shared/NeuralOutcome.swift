import Tensors

/// What one training step gave in one worker's slots.
struct NeuralOutcome: Sendable {
  /// The loss, summed over the slots.
  var loss = 0.0
  /// Sums over the slots that finished in this step and have labels.
  var finished = 0
  var cellAccuracy = 0.0
  var exact = 0
  var haltAccuracy = 0
  var segments = 0
  /// The gradient of the used puzzle embeddings [n, e].
  var puzzleGradient: Tensor?
}
