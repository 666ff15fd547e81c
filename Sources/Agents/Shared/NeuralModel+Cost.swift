import Gym

extension NeuralModel {
  /// The floating-point operations of both heads for one puzzle.
  private var headFlops: Double {
    2 * Double(configuration.block.hidden)
      * Double(configuration.rows * head.value.shape[0] + network.halting.logits)
  }

  /// The cost of answering one puzzle in a number of segments and decoding its answer `answers`
  /// times. If thoughts are fed back, their tokens count.
  func cost(segments: Int, answers: Int = 1) -> ComputeCost {
    ComputeCost(
      flops: Double(segments) * network.flops(length: configuration.length).forward
        + Double(answers) * headFlops,
      passes: segments, tokens: Network.readsThoughts ? segments * configuration.cells : 0)
  }

  /// The cost of a training step. For each puzzle: the segment with its heads, twice the recorded
  /// part of that for the gradients, the segment that gives an exact target for continuing, and the
  /// further terms of an implicit gradient with one more backward pass through the heads.
  var stepCost: ComputeCost {
    let (flops, batch) = (network.flops(length: configuration.length), configuration.batchSize)
    var cost = cost(segments: 1)
    cost.flops += 2 * (flops.recorded + headFlops)
    if flops.further > 0 { cost.flops += flops.further + headFlops }
    if network.halting == .qLearning(.exact) {
      cost += ComputeCost(flops: flops.forward - flops.sparedByFirst, passes: 1)
    }
    return ComputeCost(
      flops: Double(batch) * cost.flops, passes: batch * cost.passes, tokens: batch * cost.tokens)
  }
}

extension NeuralAgent {
  /// The floating-point operations of a training step, counted from the shapes.
  public var flopsPerStep: Double { model.stepCost.flops }

  /// The number of memory blocks that training has allocated so far; it stops rising once every
  /// size has occurred.
  public var memoryBlocks: Int {
    replicas.reduce(0) { $0 + $1.device.pool.allocations }
  }

  /// The bytes of those blocks, which is the peak of activations and values kept for gradients.
  public var memoryBytes: Int {
    replicas.reduce(0) { $0 + $1.device.pool.reservedBytes }
  }
}
