import GymTensors

/// An exponential moving average of parameters: smoother weights for answering, while training
/// continues with the parameters themselves.
///
/// It starts as a copy of the parameters. Tensors that are not among them (z⁰, puzzle embeddings)
/// are not averaged, as in the released code of the tiny recursive model (arXiv 2510.04871), which
/// uses a decay of 0.999 from the first step on. Here the decay is lower in early steps, so that a
/// short run does not answer with its initial weights; after nine thousand steps both are the same.
public struct WeightAverage: Sendable {
  /// The decay rate: the share of the average that each step keeps, in 0..<1.
  public let decay: Double
  /// The parameters; their averages have the same indices.
  public let parameters: [Parameter]
  /// The averages, f32, in the parameters' shapes.
  public let averages: [Tensor]

  /// An average that starts from the current parameters.
  ///
  /// - Precondition: `decay` is in 0..<1.
  public init(of parameters: [Parameter], decay: Double) {
    precondition((0..<1).contains(decay), "a weight average keeps a share of 0..<1, not \(decay)")
    self.decay = decay
    self.parameters = parameters
    averages = parameters.map {
      let copy = Tensor(zeros: $0.value.shape)
      copy.copy(from: $0.value)
      return copy
    }
  }

  /// The decay rate at step `step`, from 1: min(decay, step / (9 + step)), so that the average
  /// covers about the last tenth of the steps until `decay` is reached.
  public func decay(at step: Int) -> Double {
    min(decay, Double(step) / Double(9 + step))
  }

  /// Updates the averages after a step: average ← decay · average + (1 − decay) · parameter.
  /// Each parameter is split over the workers.
  ///
  /// - Parameter parts: the workers of all ranks, since every rank updates all averages, to the
  ///   same bits.
  public func update(step: Int, replicas: [Replica], workers: WorkerPool, parts: Int? = nil) {
    let decay = Float(decay(at: step))
    let parts = parts ?? workers.count
    workers.run { worker in
      let device = replicas[worker].device
      for (parameter, average) in zip(parameters, averages) {
        for part in stride(from: worker, to: parts, by: workers.count) {
          let share = WorkerPool.share(of: average.count, part: part, of: parts)
          device.average(
            parameter.value.flat.slice(share), into: average.flat.slice(share), decay: decay)
        }
      }
    }
  }

  /// Runs `body` with the averages in place of the parameters; afterwards the parameters are bit
  /// for bit the same as before.
  public func inUse<Result>(
    workers: WorkerPool, _ body: () throws -> Result
  ) rethrows -> Result {
    exchange(workers)
    defer { exchange(workers) }
    return try body()
  }

  /// Each parameter is split over the workers.
  private func exchange(_ workers: WorkerPool) {
    workers.run { worker in
      for (parameter, average) in zip(parameters, averages) {
        let share = workers.share(of: average.count, worker: worker)
        let value = parameter.value.flat.slice(share)
        let other = average.flat.slice(share)
        let kept = Tensor(zeros: value.shape)
        kept.copy(from: value)
        value.copy(from: other)
        other.copy(from: kept)
        parameter.convert(share)
      }
    }
    workers.run { worker in
      for parameter in parameters { parameter.pack(worker: worker, of: workers) }
    }
  }
}
