import GymNetworks
import GymRandomness
import GymTensors

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
    let ((input, reading), earlier, ((segment, heads), flops)) = tape.recording {
      let input = tape.counting {
        model.embed(
          grid, thoughts: thoughts, identifiers: identifiers, demonstrations: demonstrations,
          on: replica
        ) { [self] in outcome.puzzleGradient = $0 }
      }
      let earlier = earlierProduct(model, on: replica)
      return (
        input, earlier,
        tape.counting {
          let segment = model.segment(from: states, input: input.result, on: replica)
          return (segment, model.heads(segment.output, on: replica))
        }
      )
    }
    outcome.flops = reading + flops
    states = segment.states.map(\.value)
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
    let further = tape.counting { segment.furtherTerms(from: seeds, on: tape) }
    outcome.flops += further.flops
    tape.backward(from: seeds + further.result)
    decideHalting(model, maximum: maximum, key)
    report(answers.scores, model.network.halting)
    if Network.readsThoughts {
      chooseThoughts(
        answers.scores, configuration,
        forcing: model.network.teacherForcing(at: step, progress: progress),
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
    let first = replica.tape.counting {
      model.firstOutput(from: states, input: input, on: replica)
    }
    outcome.flops += first.flops
    return model.haltingLogits(model.haltingProduct(first: first.result, on: replica))
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
      // A trace ends with its last state, whatever the answer.
      let isDone = if case .trace = supervisionTargets[slot] { true } else { score.isExact }
      let logit = outcome.haltingLogits(of: slot, rule).first
      if let logit, (logit >= 0) == isDone { outcome.haltAccuracy += 1 }
    }
  }

  /// Sets the input of each slot's next segment: with a probability the trace's state, otherwise
  /// its own thought, completed as answers are.
  private func chooseThoughts(
    _ scores: [AnswerScore], _ configuration: NeuralConfiguration, forcing: Double, key: RandomKey
  ) {
    for (slot, score) in scores.enumerated() {
      let question = tokens[slot * cells..<(slot + 1) * cells]
      var thought = zip(score.answer, question).map {
        configuration.asks(UInt8($1)) ? $0 : $1
      }
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
      labels.replaceSubrange(
        start..<start + cells, with: target(slot, step: steps[slot], configuration))
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
