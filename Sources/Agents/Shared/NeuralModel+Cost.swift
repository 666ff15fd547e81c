import Gym

extension NeuralModel {
  /// The floating-point operations of both heads on one puzzle.
  private var headFlops: Double {
    2 * Double(configuration.block.hidden)
      * Double(configuration.length * configuration.vocabularyCount + Network.halting.logits)
  }

  /// What answering one puzzle in a number of segments costs, when the heads are read after
  /// `heads` of them. Each thought that is read again counts its tokens.
  func cost(segments: Int, heads: Int) -> Cost {
    Cost(
      flops: Double(segments) * network.flops(length: configuration.length).all
        + Double(heads) * headFlops,
      passes: segments, tokens: Network.readsThoughts ? segments * configuration.cells : 0)
  }

  /// What a training step costs: for each puzzle the segment with its heads, twice that for the
  /// gradients of what was recorded, and the segment that gives the target for going on.
  func trainingCost(batch: Int) -> Cost {
    let flops = network.flops(length: configuration.length)
    var cost = cost(segments: 1, heads: 1)
    cost.flops += 2 * (flops.recorded + headFlops)
    if Network.halting == .qLearning {
      cost += Cost(flops: flops.all, passes: 1)
    }
    return Cost(
      flops: Double(batch) * cost.flops, passes: batch * cost.passes, tokens: batch * cost.tokens)
  }
}
