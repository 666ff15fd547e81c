import Gym
import NeuralNetworks

extension HRMModel {
  /// The floating-point operations of some module updates of one puzzle, counted from the shapes of
  /// the matrix products: two for each multiplication with addition.
  private func flops(_ updates: some Sequence<HRMConfiguration.Module>) -> Double {
    let length = configuration.length
    return updates.reduce(0) { sum, module in
      sum + ((module == .high ? high : low)?.flops(length: length) ?? 0)
    }
  }

  /// The floating-point operations of one segment of one puzzle.
  var segmentFlops: Double { flops(configuration.updates) }

  /// The floating-point operations of the output head on one puzzle.
  var headFlops: Double {
    2 * Double(configuration.length * configuration.block.hidden * configuration.vocabularyCount)
  }

  /// The floating-point operations of a training step for one puzzle: the segment, the target
  /// segment where halting is learned, and twice the forward operations for the gradients of what
  /// was recorded. A further term of the implicit gradient goes back through it once more, without
  /// the weights' gradients.
  var trainingFlops: Double {
    let recorded = configuration.updates.suffix(configuration.recordedUpdates)
    let segments = configuration.halting == .qLearning ? 2 * segmentFlops : segmentFlops
    return segments + headFlops + 2 * (flops(recorded) + headFlops) + furtherTermsFlops(recorded)
  }

  private func furtherTermsFlops(_ recorded: some Sequence<HRMConfiguration.Module>) -> Double {
    guard case .implicit(let terms) = configuration.gradient, terms > 1 else { return 0 }
    // Going back through a product with weights takes one product without their gradient; through
    // one of attention's, two.
    let attention = recorded.reduce(0) { sum, module in
      sum + (module == .high ? configuration.highBlocks : configuration.lowBlocks)
    }
    let length = Double(configuration.length)
    let term =
      flops(recorded)
      + 4 * length * length * Double(configuration.block.hidden) * Double(attention)
    return Double(terms - 1) * term + headFlops
  }

  /// What answering one question with a number of segments costs, its answer read so many times.
  func cost(segments: Int, answers: Int = 1) -> Cost {
    Cost(
      flops: Double(segments) * segmentFlops + Double(answers) * headFlops, passes: segments)
  }
}

extension HRM {
  /// What a training step costs, counted from the shapes; a pass is a segment of one puzzle.
  package var stepCost: Cost {
    let batch = configuration.batchSize
    return Cost(
      flops: model.trainingFlops * Double(batch),
      passes: configuration.halting == .qLearning ? 2 * batch : batch)
  }

  /// The floating-point operations of a training step, counted from the shapes.
  public var flopsPerStep: Double { stepCost.flops }

  /// The blocks of memory that training has taken from the system so far; it stops rising once
  /// every size has been seen.
  public var memoryBlocks: Int {
    replicas.reduce(0) { $0 + $1.device.pool.allocations }
  }

  /// The bytes of those blocks: activations and what was kept for gradients, at their most.
  public var memoryBytes: Int {
    replicas.reduce(0) { $0 + $1.device.pool.reservedBytes }
  }
}
