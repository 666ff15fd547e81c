import NeuralNetworks
import Randomness
import Tensors

extension TrainingSlots {
  /// Runs one segment for every slot: forward, loss, gradients, halting. The gradients stay in the
  /// replica, those of the puzzle embedding in `outcome`.
  ///
  /// - Parameters:
  ///   - batchSize: the number of slots of all workers, by which the loss is divided.
  ///   - step: the number of steps that the agent has taken.
  ///   - progress: the share of the budget used.
  ///   - key: for this step's random draws; each slot has its own stream.
  func learn(
    model: NeuralModel<Network>, on replica: Replica, batchSize: Int, step: Int,
    progress: Double, key: RandomKey
  ) {
    let configuration = model.configuration
    let maximum = configuration.segments.wholeValue(at: progress)
    outcome = StepStatistics(haltingWeight: configuration.haltingWeight.value(at: progress))
    guard !range.isEmpty else { return }
    let tape = replica.tape
    let (input, earlier, segment, heads) = tape.recording {
      let input = model.embed(
        grid, thoughts: thoughts, identifiers: identifiers, on: replica
      ) { [self] in outcome.puzzleGradient = $0 }
      let earlier = earlierProduct(model, on: replica)
      let segment = model.segment(from: states, input: input, on: replica)
      states = segment.states.map(\.value)
      return (input, earlier, segment, model.heads(segment.output, on: replica))
    }
    outcome.logits = heads.logits.value
    outcome.haltingLogits = model.haltingLogits(heads.halting)
    let next = nextLogits(model, input.withoutGradient(on: tape), on: replica)
    let answers = answers(
      heads.logits.value, configuration, on: replica.device, batchSize: batchSize)
    var seeds = [(variable: heads.logits, gradient: answers.gradient)]
    func addHalting(_ product: Variable, _ gradient: Tensor) {
      if let bias = model.halting?.bias, let total = replica.gradient(of: bias) {
        for slot in 0..<range.count { replica.device.accumulate(gradient.row(slot), into: total) }
      }
      seeds.append((product, gradient))
    }
    if let product = heads.halting {
      addHalting(
        product,
        haltingGradient(
          exact: answers.scores.map(\.isExact), next: next, model, maximum: maximum,
          batchSize: batchSize))
    }
    if let earlier {
      addHalting(
        earlier, deferredGradient(earlier: model.haltingLogits(earlier), batchSize: batchSize))
    }
    tape.backward(from: seeds + segment.furtherTerms(from: seeds, on: tape))
    decideHalting(model, maximum: maximum, key)
    report(answers.scores, model.network.halting)
    if Network.readsThoughts {
      chooseThoughts(
        answers.scores, forcing: model.network.teacherForcing(at: step, progress: progress),
        key: key.deriving("teacher"))
    }
  }

  /// The halting head's product on the states that the last step left, if this step's logits are
  /// the target for their value of continuing.
  private func earlierProduct(
    _ model: NeuralModel<Network>, on replica: Replica
  ) -> Variable? {
    guard model.network.halting == .qLearning(.deferred) else { return nil }
    return model.haltingProduct(
      replica.tape.constant(states[model.network.outputState]), on: replica)
  }

  /// The halting logits of one more segment from the new states, if the target for continuing needs
  /// them.
  private func nextLogits(
    _ model: NeuralModel<Network>, _ input: SegmentInput, on replica: Replica
  ) -> [Float] {
    guard model.network.halting == .qLearning(.exact) else { return [] }
    return model.nextHaltingLogits(from: states, input: input, on: replica)
  }

  /// Increments the step counts and decides which slots are finished.
  private func decideHalting(_ model: NeuralModel<Network>, maximum: Int, _ key: RandomKey) {
    let rule = model.network.halting
    for slot in 0..<range.count {
      steps[slot] += 1
      if case .trace(let states) = supervisionTargets[slot] {
        halted[slot] = steps[slot] >= states.count
        continue
      }
      halted[slot] = steps[slot] >= maximum
      guard maximum > 1, rule.isObeyedInTraining else { continue }
      if rule.stops(outcome.haltingLogits(of: slot, rule)) { halted[slot] = true }
      var random = RandomStream(key: key, stream: UInt64(range.lowerBound + slot))
      if random.chance(model.configuration.exploration),
        steps[slot] < random.integer(in: 2...maximum)
      {
        halted[slot] = false
      }
    }
  }

  /// Adds the metrics of finished slots.
  private func report(_ scores: [AnswerScore], _ rule: HaltingRule) {
    for (slot, score) in scores.enumerated() where halted[slot] && score.asked > 0 {
      outcome.finished += 1
      outcome.cellAccuracy += Double(score.right) / Double(score.asked)
      outcome.exact += score.isExact ? 1 : 0
      outcome.segments += steps[slot]
      if let logit = outcome.haltingLogits(of: slot, rule).first, (logit >= 0) == score.isExact {
        outcome.haltAccuracy += 1
      }
    }
  }

  /// Sets the input of each slot's next segment: with a probability the trace's state, otherwise
  /// its own thought.
  private func chooseThoughts(_ scores: [AnswerScore], forcing: Double, key: RandomKey) {
    for (slot, score) in scores.enumerated() {
      var thought = score.answer
      var random = RandomStream(key: key, stream: UInt64(range.lowerBound + slot))
      if random.chance(forcing), case .trace(let states) = supervisionTargets[slot],
        steps[slot] < states.count
      {
        thought = states[steps[slot] - 1].map(Int32.init)
      }
      thoughts.replaceSubrange(slot * cells..<(slot + 1) * cells, with: thought)
    }
  }
}
