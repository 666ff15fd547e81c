import NeuralNetworks
import Tensors

/// How one slot's answer compares with its target.
struct AnswerScore {
  /// The answered tokens, one per cell.
  let answer: [Int32]
  /// The number of asked cells, and how many of them are right.
  let asked: Int
  let right: Int

  var isExact: Bool { right == asked }
}

extension TrainingSlots {
  /// Adds the loss over the cells to the outcome. Returns the gradient of the logits [n, S, V], and
  /// each slot's score.
  func answers(
    _ logits: Tensor, _ configuration: NeuralConfiguration, on device: any Device, batchSize: Int
  ) -> (gradient: Tensor, scores: [AnswerScore]) {
    let (prefix, length) = (configuration.prefixRows, configuration.length)
    var labels = [Int32](repeating: -100, count: range.count * length)
    for slot in 0..<range.count {
      let start = slot * length + prefix
      labels.replaceSubrange(start..<start + cells, with: target(slot, step: steps[slot]))
    }
    let smoothing = configuration.labelSmoothing
    let (losses, predicted) = device.crossEntropy(
      configuration.loss, smoothing: smoothing, logits: logits, labels: labels)
    var weights = [Float](repeating: 0, count: labels.count)
    let scores = (0..<range.count).map { slot -> AnswerScore in
      let rows = slot * length + prefix..<(slot + 1) * length
      let asked = rows.filter { labels[$0] != -100 }
      let share = 1 / Double(max(asked.count, 1))
      for row in asked { weights[row] = Float(share / Double(batchSize)) }
      outcome.cellLoss += asked.reduce(0) { $0 + losses[$1] } * share
      return AnswerScore(
        answer: Array(predicted[rows]), asked: asked.count,
        right: asked.count { predicted[$0] == labels[$0] })
    }
    let gradient = device.crossEntropyGradient(
      configuration.loss, smoothing: smoothing, logits: logits, labels: labels, weights: weights)
    return (gradient, scores)
  }

  /// Adds the binary cross-entropies of the halting logits to the outcome. Returns the gradient of
  /// their weighted sum, [n, k].
  ///
  /// - Parameters:
  ///   - exact: whether each slot's answer is completely right.
  ///   - next: the logits of one more segment, [n, k], for Q-learning; if empty, continuing is not
  ///     learned.
  ///   - most: the maximum number of segments of a puzzle.
  func haltingGradient(
    exact: [Bool], next: [Float], _ model: NeuralModel<Network>, maximum: Int,
    batchSize: Int
  ) -> Tensor {
    let k = model.network.halting.logits
    let slopes = outcome.haltingLogits.enumerated().map { index, logit -> Float in
      let (logit, slot) = (Double(logit), index / k)
      let target: Double
      if index % k == 0 {
        target = isDone(slot, exact: exact[slot]) ? 1 : 0
        outcome.haltLoss += binaryCrossEntropy(logit: logit, target: target)
      } else {
        guard !next.isEmpty else { return 0 }
        // The value of continuing. Steps are incremented after the losses.
        let isLast = steps[slot] + 1 >= maximum
        target = sigmoid(Double(isLast ? next[index - 1] : max(next[index - 1], next[index])))
        addContinueLoss(logit: logit, target: target)
      }
      return Float(outcome.haltingWeight * (sigmoid(logit) - target) / Double(batchSize))
    }
    return Tensor(slopes, shape: [range.count, k])
  }

  /// The same for the value of continuing of the states before this segment, [n, 2]. Its target is
  /// the greater of this segment's values. 0 for puzzles that begin with this segment.
  ///
  /// - Parameter earlier: the logits of those states, [n, 2].
  func deferredGradient(earlier: [Float], batchSize: Int) -> Tensor {
    var slopes = [Float](repeating: 0, count: earlier.count)
    for slot in 0..<range.count where steps[slot] > 0 {
      let logit = Double(earlier[2 * slot + 1])
      let (halt, further) = (outcome.haltingLogits[2 * slot], outcome.haltingLogits[2 * slot + 1])
      let target = sigmoid(Double(max(halt, further)))
      addContinueLoss(logit: logit, target: target)
      slopes[2 * slot + 1] = Float(
        outcome.haltingWeight * (sigmoid(logit) - target) / Double(batchSize))
    }
    return Tensor(slopes, shape: [range.count, 2])
  }

  private func addContinueLoss(logit: Double, target: Double) {
    outcome.continueTargets.append(target)
    outcome.continueLoss += binaryCrossEntropy(logit: logit, target: target)
  }

  /// Whether a slot should stop at this segment.
  private func isDone(_ slot: Int, exact: Bool) -> Bool {
    if case .trace(let states) = supervisionTargets[slot] { return steps[slot] + 1 >= states.count }
    return exact
  }
}
