import Tensors

/// AdamATan2 with decoupled weight decay (arXiv 2407.05872): no epsilon, and steps that do not
/// depend on the gradient's scale.
public struct AdamATan2: Sendable {
  /// The moments of one parameter.
  public struct Moments: Sendable {
    /// The running mean of the gradients, f32, in the parameter's shape.
    public let first: Tensor
    /// The running mean of their squares, f32, in the parameter's shape.
    public let second: Tensor
  }

  /// The weight decay: a step first multiplies a parameter by 1 − rate · decay.
  public let decay: Double
  /// What a step keeps of the first moments, in 0..<1.
  public let beta1: Double
  /// What a step keeps of the second moments, in 0..<1.
  public let beta2: Double
  /// The parameters that it learns.
  public let parameters: [Parameter]
  /// The moments of each parameter, in the parameters' order.
  public let moments: [Moments]

  /// An optimiser of parameters, all moments zero.
  public init(_ parameters: [Parameter], decay: Double, beta1: Double, beta2: Double) {
    self.decay = decay
    self.beta1 = beta1
    self.beta2 = beta2
    self.parameters = parameters
    moments = parameters.map {
      Moments(first: Tensor(zeros: $0.value.shape), second: Tensor(zeros: $0.value.shape))
    }
  }

  /// Adds up the workers' gradients in their order, steps, and zeroes the gradients: step `t`
  /// (from 1) at a learning rate. Each parameter is split over the workers.
  ///
  /// - Returns: whether all gradients were finite; where not, nothing was changed but the
  ///   gradients, which are zeroed.
  public func step(_ t: Int, rate: Double, replicas: [Replica], workers: WorkerPool) -> Bool {
    let numbers = AdamATan2Step(t: t, rate: rate, decay: decay, beta1: beta1, beta2: beta2)
    let finite = WorkerFlags(count: workers.count)
    workers.run { worker in
      let device = replicas[worker].device
      finite[worker] = parameters.allSatisfy { parameter in
        let total = share(of: replicas[0].gradient(of: parameter), worker, workers)
        for replica in replicas.dropFirst() {
          device.accumulate(
            share(of: replica.gradient(of: parameter), worker, workers), into: total)
        }
        return device.allFinite(total)
      }
    }
    let isFinite = finite.all
    workers.run { worker in
      let device = replicas[worker].device
      for (parameter, moments) in zip(parameters, moments) {
        if isFinite {
          device.adamATan2(
            share(of: parameter.value, worker, workers),
            gradient: share(of: replicas[0].gradient(of: parameter), worker, workers),
            first: share(of: moments.first, worker, workers),
            second: share(of: moments.second, worker, workers), step: numbers)
          parameter.convert(worker: worker, of: workers)
        }
        for replica in replicas {
          share(of: replica.gradient(of: parameter), worker, workers).clear()
        }
      }
    }
    if isFinite {
      workers.run { worker in
        for parameter in parameters { parameter.pack(worker: worker, of: workers) }
      }
    }
    return isFinite
  }

  private func share(of tensor: Tensor?, _ worker: Int, _ workers: WorkerPool) -> Tensor {
    guard let tensor else { preconditionFailure("a worker has no gradients") }
    return tensor.reshaped([tensor.count]).slice(workers.share(of: tensor.count, worker: worker))
  }
}
