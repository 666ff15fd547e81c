import Gym

extension NeuralModel {
  /// The floating-point operations of both heads on one puzzle.
  private var headFlops: Double {
    2 * Double(configuration.block.hidden)
      * Double(configuration.length * configuration.vocabularyCount + network.halting.logits)
  }

  /// What answering one puzzle in a number of segments costs, its answer read so many times. Each
  /// thought that is read again counts its tokens.
  func cost(segments: Int, answers: Int = 1) -> Cost {
    Cost(
      flops: Double(segments) * network.flops(length: configuration.length).forward
        + Double(answers) * headFlops,
      passes: segments, tokens: Network.readsThoughts ? segments * configuration.cells : 0)
  }

  /// What a training step costs: for each puzzle the segment with its heads, twice that for the
  /// gradients of what was recorded, the segment that gives an exact target for going on, and what
  /// further terms of an implicit gradient take, once more through the heads.
  var stepCost: Cost {
    let (flops, batch) = (network.flops(length: configuration.length), configuration.batchSize)
    var cost = cost(segments: 1)
    cost.flops += 2 * (flops.recorded + headFlops)
    if flops.further > 0 { cost.flops += flops.further + headFlops }
    if network.halting == .qLearning(.exact) {
      cost += Cost(flops: flops.forward - flops.sparedByFirst, passes: 1)
    }
    return Cost(
      flops: Double(batch) * cost.flops, passes: batch * cost.passes, tokens: batch * cost.tokens)
  }
}

extension NeuralAgent {
  /// The floating-point operations of a training step, counted from the shapes.
  public var flopsPerStep: Double { model.stepCost.flops }

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
