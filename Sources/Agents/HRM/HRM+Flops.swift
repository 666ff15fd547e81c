import NeuralNetworks

extension HRMModel {
  /// The floating-point operations of one segment of one puzzle, counted from the shapes of the
  /// matrix products: two for each multiplication with addition.
  var segmentFlops: Double {
    let length = configuration.length
    let (n, t) = (Double(configuration.highCycles), Double(configuration.lowCycles))
    return n * t * low.flops(length: length) + n * high.flops(length: length)
  }

  /// The floating-point operations of the output head on one puzzle.
  var headFlops: Double {
    2 * Double(configuration.length * configuration.block.hidden * configuration.vocabularyCount)
  }

  /// The floating-point operations of a training step for one puzzle: the segment, the target
  /// segment, and twice the forward operations for the gradients of what was recorded.
  var trainingFlops: Double {
    let length = configuration.length
    let recorded = low.flops(length: length) + high.flops(length: length) + headFlops
    return 2 * segmentFlops + headFlops + 2 * recorded
  }
}

extension HRM {
  /// The floating-point operations of a training step, counted from the shapes.
  public var flopsPerStep: Double {
    model.trainingFlops * Double(configuration.batchSize)
  }

  /// The floating-point operations of answering one question with a number of segments.
  public func flopsPerAnswer(segments: Int) -> Double {
    Double(segments) * model.segmentFlops + model.headFlops
  }

  /// The blocks of memory that training has taken from the system so far; it stops rising once
  /// every size has been seen.
  public var memoryBlocks: Int {
    replicas.reduce(0) { $0 + $1.device.pool.allocations }
  }
}
