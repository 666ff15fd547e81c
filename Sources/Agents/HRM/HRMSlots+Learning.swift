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
    let (segment, heads, q) = tape.recording {
      let input = model.embed(grid, identifiers: identifiers, on: replica) { [self] in
        outcome.puzzleGradient = $0
      }
      let segment = model.segment(from: states, input: input, on: replica)
      states = segment.states
      let heads = model.heads(segment.output, on: replica)
      let q = model.qValues(heads.q)
      decideHalting(q, model.configuration, random)
      outcome.continueTargets = tape.withoutGradient {
        continueTargets(from: tape.constant(input.value), model, replica)
      }
      return (segment, heads, q)
    }
    outcome.qValues = q
    outcome.logits = heads.logits.value
    let gradients = lossGradients(heads, q, model.configuration, replica.device, batchSize)
    if let bias = replica.gradient(of: model.qBias) {
      replica.device.accumulate(gradients.bias, into: bias)
    }
    let seeds = [(variable: heads.logits, gradient: gradients.logits), (heads.q, gradients.q)]
    tape.backward(from: seeds + model.furtherTerms(of: segment, from: seeds, on: tape))
  }

  /// Advances the step counts and decides which slots halt now.
  private func decideHalting(
    _ q: [QValues], _ configuration: HRMConfiguration, _ random: (_ slot: Int) -> RandomStream
  ) {
    for slot in 0..<range.count {
      steps[slot] += 1
      halted[slot] = steps[slot] >= configuration.maxSegments
      guard configuration.maxSegments > 1, configuration.halting == .qLearning else { continue }
      if q[slot].halt > q[slot].continue { halted[slot] = true }
      var random = random(range.lowerBound + slot)
      if random.chance(configuration.exploration),
        steps[slot] < random.integer(in: 2...configuration.maxSegments)
      {
        halted[slot] = false
      }
    }
  }

  /// The value of going on: the next segment's Q values, from the states as they are now. None
  /// where halting is not learned.
  private func continueTargets(
    from input: Variable, _ model: HRMModel, _ replica: Replica
  ) -> [Double] {
    guard model.configuration.halting == .qLearning else { return [] }
    let next = model.segment(from: states, input: input, on: replica)
    return model.qValues(next.output, on: replica).enumerated().map { slot, next in
      let isLast = steps[slot] >= model.configuration.maxSegments
      return sigmoid(Double(isLast ? next.halt : next.best))
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
      let scale = 0.5 / Double(batchSize)
      let haltTarget = isExact ? 1.0 : 0.0
      outcome.haltLoss += binaryCrossEntropy(logit: halt, target: haltTarget)
      qGradient[2 * slot] = Float(scale * (sigmoid(halt) - haltTarget))
      if !outcome.continueTargets.isEmpty {
        let target = outcome.continueTargets[slot]
        outcome.continueLoss += binaryCrossEntropy(logit: goOn, target: target)
        qGradient[2 * slot + 1] = Float(scale * (sigmoid(goOn) - target))
      }
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
