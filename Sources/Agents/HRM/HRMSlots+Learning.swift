import Foundation
import NeuralNetworks
import Randomness
import Tensors

extension HRMSlots {
  /// One segment for every slot: forward, targets, loss and gradients. The gradients are left in
  /// the replica, those of the puzzle embedding in `outcome`.
  ///
  /// - Parameters:
  ///   - batchSize: the count of slots of all workers, which the loss is divided by.
  ///   - random: this step's exploration draws, one stream for each slot.
  func learn(
    model: HRMModel, on replica: Replica, batchSize: Int, random: (_ slot: Int) -> RandomStream
  ) {
    outcome = HRMOutcome()
    guard !range.isEmpty else { return }
    let tape = replica.tape
    let (heads, q) = tape.recording {
      let input = model.embed(grid, identifiers: identifiers, on: replica) { [self] in
        outcome.puzzleGradient = $0
      }
      let (zH, zL) = model.segment(from: states, input: input, on: replica)
      states = HRMModel.States(high: zH.value, low: zL.value)
      let heads = model.heads(zH, on: replica)
      let q = model.qValues(heads.q)
      decideHalting(q, model.configuration, random)
      let targets = tape.withoutGradient { () -> [Double] in
        let next = model.segment(
          from: states, input: tape.constant(input.value), on: replica)
        return continueTargets(model.qValues(next.high, on: replica), model.configuration)
      }
      outcome.continueTargets = targets
      return (heads, q)
    }
    outcome.qValues = q
    outcome.logits = heads.logits.value
    let gradients = lossGradients(heads, q, model.configuration, replica.device, batchSize)
    if let bias = replica.gradient(of: model.qBias) {
      replica.device.accumulate(gradients.bias, into: bias)
    }
    tape.backward(from: [(heads.logits, gradients.logits), (heads.q, gradients.q)])
  }

  /// Advances the step counts and decides which slots halt now.
  private func decideHalting(
    _ q: [QValues], _ configuration: HRMConfiguration, _ random: (_ slot: Int) -> RandomStream
  ) {
    for slot in 0..<range.count {
      steps[slot] += 1
      halted[slot] = steps[slot] >= configuration.maxSegments
      guard configuration.maxSegments > 1 else { continue }
      if q[slot].halt > q[slot].continue { halted[slot] = true }
      var random = random(range.lowerBound + slot)
      if random.chance(configuration.exploration),
        steps[slot] < random.integer(in: 2...configuration.maxSegments)
      {
        halted[slot] = false
      }
    }
  }

  /// The value of going on, from the next segment's Q values.
  private func continueTargets(
    _ next: [QValues], _ configuration: HRMConfiguration
  ) -> [Double] {
    next.indices.map { slot in
      let isLast = steps[slot] >= configuration.maxSegments
      return sigmoid(Double(isLast ? next[slot].halt : next[slot].best))
    }
  }

  /// The loss, its parts and metrics, and its gradients by the heads' products and the Q bias.
  private func lossGradients(
    _ heads: HRMModel.Heads, _ q: [QValues], _ configuration: HRMConfiguration,
    _ device: any Device, _ batchSize: Int
  ) -> (logits: Tensor, q: Tensor, bias: Tensor) {
    let (prefix, length) = (configuration.prefixRows, configuration.length)
    var rowLabels = [Int32](repeating: -100, count: range.count * length)
    for slot in 0..<range.count {
      for cell in 0..<cells {
        rowLabels[slot * length + prefix + cell] = labels[slot * cells + cell]
      }
    }
    let (losses, predicted) = device.crossEntropy(
      configuration.loss, logits: heads.logits.value, labels: rowLabels)
    var weights = [Float](repeating: 0, count: rowLabels.count)
    var qGradient = [Float](repeating: 0, count: 2 * range.count)
    var biasGradient: [Float] = [0, 0]
    for slot in 0..<range.count {
      let rows = slot * length..<(slot + 1) * length
      let asked = rows.filter { rowLabels[$0] != -100 }
      let right = asked.count { predicted[$0] == rowLabels[$0] }
      let isExact = right == asked.count
      let share = 1 / Double(max(asked.count, 1))
      for row in asked { weights[row] = Float(share / Double(batchSize)) }
      outcome.cellLoss += rows.reduce(0) { $0 + losses[$1] } * share
      let (halt, goOn) = (Double(q[slot].halt), Double(q[slot].continue))
      let targets = (halt: isExact ? 1.0 : 0.0, goOn: outcome.continueTargets[slot])
      outcome.haltLoss += binaryCrossEntropy(logit: halt, target: targets.halt)
      outcome.continueLoss += binaryCrossEntropy(logit: goOn, target: targets.goOn)
      let scale = 0.5 / Double(batchSize)
      qGradient[2 * slot] = Float(scale * (sigmoid(halt) - targets.halt))
      qGradient[2 * slot + 1] = Float(scale * (sigmoid(goOn) - targets.goOn))
      for index in 0..<2 { biasGradient[index] += qGradient[2 * slot + index] }
      guard halted[slot], !asked.isEmpty else { continue }
      outcome.finished += 1
      outcome.cellAccuracy += Double(right) * share
      outcome.exact += isExact ? 1 : 0
      outcome.haltAccuracy += (q[slot].halt >= 0) == isExact ? 1 : 0
      outcome.segments += steps[slot]
    }
    outcome.loss = outcome.cellLoss + 0.5 * (outcome.haltLoss + outcome.continueLoss)
    return (
      device.crossEntropyGradient(
        configuration.loss, logits: heads.logits.value, labels: rowLabels, weights: weights),
      Tensor(qGradient, shape: [range.count, 2]), Tensor(biasGradient, shape: [2])
    )
  }
}
