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
      var isFinite = true
      for parameter in parameters {
        let gradients = gradients(of: parameter, in: replicas)
        for part in parts(of: parameter, worker, workers) {
          let total = gradients[0].slice(part)
          for gradient in gradients.dropFirst().map({ $0.slice(part) }) {
            device.accumulate(gradient, into: total)
            gradient.clear()
          }
          isFinite = device.allFinite(total) && isFinite
        }
      }
      finite[worker] = isFinite
    }
    let isFinite = finite.all
    workers.run { worker in
      let device = replicas[worker].device
      for (parameter, moments) in zip(parameters, moments) {
        let gradient = gradients(of: parameter, in: replicas)[0]
        let value = parameter.value.flat
        let (first, second) = (moments.first.flat, moments.second.flat)
        for part in parts(of: parameter, worker, workers) {
          if isFinite {
            device.adamATan2(
              value.slice(part), gradient: gradient.slice(part), first: first.slice(part),
              second: second.slice(part), step: numbers)
            parameter.convert(part)
          }
          gradient.slice(part).clear()
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

  /// The parts of a parameter that a worker steps, each small enough to stay in the cache from one
  /// operation to the next.
  private func parts(
    of parameter: Parameter, _ worker: Int, _ workers: WorkerPool
  ) -> some Sequence<Range<Int>> {
    let share = workers.share(of: parameter.value.count, worker: worker)
    let part = 1 << 15
    return stride(from: share.lowerBound, to: share.upperBound, by: part).lazy.map {
      $0..<min($0 + part, share.upperBound)
    }
  }

  /// The workers' gradients of a parameter, in their order.
  private func gradients(of parameter: Parameter, in replicas: [Replica]) -> [Tensor] {
    replicas.map { replica in
      guard let gradient = replica.gradient(of: parameter) else {
        preconditionFailure("a worker has no gradients")
      }
      return gradient.flat
    }
  }
}
