import Tensors

/// The results of one training step for some slots.
struct StepStatistics: Sendable {
  /// The weight of the halting head's loss.
  var haltingWeight = 0.5
  /// The parts of the loss, summed over the slots: the cells, and the halting head's
  /// cross-entropies for halting and for the value of continuing.
  var cellLoss = 0.0
  var haltLoss = 0.0
  var continueLoss = 0.0
  /// The loss, summed over the slots.
  var loss: Double { cellLoss + haltingWeight * (haltLoss + continueLoss) }
  /// The output head's logits [n, S, V], and the halting logits [n, k].
  var logits: Tensor?
  var haltingLogits: [Float] = []
  /// The targets for the value of continuing, if it is learned.
  var continueTargets: [Double] = []
  /// Sums over the slots that finished in this step and have labels.
  var finished = 0
  var cellAccuracy = 0.0
  var exact = 0
  var haltAccuracy = 0
  var segments = 0
  /// The gradient of the used puzzle embeddings [n, e].
  var puzzleGradient: Tensor?

  /// One slot's halting logits.
  func haltingLogits(of slot: Int, _ rule: HaltingRule) -> ArraySlice<Float> {
    haltingLogits[slot * rule.logits..<(slot + 1) * rule.logits]
  }
}

/// The sums of an outcome that ranks tell each other.
struct OutcomeSums: BitwiseCopyable {
  let loss: Double
  let finished: Int
  let cellAccuracy: Double
  let exact: Int
  let haltAccuracy: Int
  let segments: Int

  init(_ outcome: StepStatistics) {
    (loss, finished, cellAccuracy) = (outcome.loss, outcome.finished, outcome.cellAccuracy)
    (exact, haltAccuracy, segments) = (outcome.exact, outcome.haltAccuracy, outcome.segments)
  }
}
