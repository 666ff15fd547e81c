import Tensors

/// What one training step gave in one worker's slots.
struct HRMOutcome: Sendable {
  /// The loss, summed over the slots.
  var loss = 0.0
  /// Its parts: cells, and the two halves of the Q loss (each before its factor 0.5).
  var cellLoss = 0.0
  var haltLoss = 0.0
  var continueLoss = 0.0
  /// The output head's logits [n, S, V].
  var logits: Tensor?
  /// The Q values of the step, and the targets for continue.
  var qValues: [QValues] = []
  var continueTargets: [Double] = []
  /// Sums over the slots that halted in this step and have labels.
  var finished = 0
  var cellAccuracy = 0.0
  var exact = 0
  var haltAccuracy = 0
  var segments = 0
  /// The gradient of the used puzzle embeddings [n, e].
  var puzzleGradient: Tensor?
}
