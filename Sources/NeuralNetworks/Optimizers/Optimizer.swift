import Tensors

/// Steps all parameters of a model at once, each group by its rule, optionally with gradients
/// clipped by their global norm.
public struct Optimizer: Sendable {
  /// A parameter with the moments that its rule keeps.
  public struct Slot: Sendable {
    /// The parameter.
    public let parameter: Parameter
    /// The running means, f32, in the parameter's shape: of the gradients and, if the rule keeps
    /// them, of their squares.
    public let moments: [Tensor]
    /// The index of the parameter's group.
    let group: Int
  }

  /// The groups, in the order of the rates of a step.
  public let groups: [ParameterGroup]
  /// The parameters of all groups.
  public let slots: [Slot]
  /// The maximum global norm of the gradients; 0 for no clipping.
  public let clip: Double

  /// An optimizer with all moments at zero.
  public init(_ groups: [ParameterGroup], clip: Double = 0) {
    self.groups = groups
    self.clip = clip
    slots = groups.enumerated().flatMap { index, group in
      group.parameters.map { parameter in
        Slot(
          parameter: parameter,
          moments: (0..<group.rule.moments).map { _ in Tensor(zeros: parameter.value.shape) },
          group: index)
      }
    }
  }

  /// Sums the workers' gradients in order, performs step `t` (from 1) with a learning rate per
  /// group, and zeroes the gradients. The work is split over the workers.
  ///
  /// - Returns: whether all gradients were finite; if not, the gradients are zeroed and nothing
  ///   else changes.
  public func step(_ t: Int, rates: [Double], replicas: [Replica], workers: WorkerPool) -> Bool {
    precondition(rates.count == groups.count, "a rate for each group")
    guard let norm = sumGradients(replicas, workers) else {
      workers.run { worker in
        for slot in slots { clear(slot.parameter, worker, replicas, workers) }
      }
      return false
    }
    // As in torch.nn.utils.clip_grad_norm_.
    let scale = clip > 0 ? Float(min(1, clip / (norm + 1e-6))) : 1
    let owners = ownersOfWholeMatrices(workers)
    workers.run { worker in
      for (index, slot) in slots.enumerated() {
        let rate = rates[slot.group]
        switch groups[slot.group].rule {
        case .muon(let decay, let momentum):
          guard owners[index] == worker else { continue }
          MuonStep(rate: rate, decay: decay, momentum: momentum, gradientScale: scale)
            .callAsFunction(slot, replicas: replicas, device: replicas[worker].device)
          slot.parameter.convert(0..<slot.parameter.value.count)
        case .adamATan2(let decay, let beta1, let beta2), .adamW(let decay, let beta1, let beta2):
          stepParts(
            of: slot, AdamStep(t: t, rate: rate, decay: decay, beta1: beta1, beta2: beta2),
            scale: scale, worker, replicas, workers)
        }
      }
    }
    workers.run { worker in
      for slot in slots { slot.parameter.pack(worker: worker, of: workers) }
    }
    return true
  }

  /// Sums the workers' gradients into the first worker's. Returns their norm; nil if a value is not
  /// finite.
  private func sumGradients(_ replicas: [Replica], _ workers: WorkerPool) -> Double? {
    let finite = WorkerFlags(count: workers.count)
    let squares = Tensor(zeros: [workers.count])
    workers.run { worker in
      let device = replicas[worker].device
      var (isFinite, sum) = (true, 0.0)
      for slot in slots {
        let gradients = gradients(of: slot.parameter, in: replicas)
        for part in parts(of: slot.parameter, worker, workers) {
          let total = gradients[0].slice(part)
          for gradient in gradients.dropFirst().map({ $0.slice(part) }) {
            device.accumulate(gradient, into: total)
            gradient.clear()
          }
          isFinite = device.allFinite(total) && isFinite
          if clip > 0 { sum += device.sumOfSquares(total) }
        }
      }
      finite[worker] = isFinite
      squares.slice(worker..<worker + 1).set([Float(sum)])
    }
    guard finite.all else { return nil }
    return squares.values.reduce(0) { $0 + Double($1) }.squareRoot()
  }

  private func stepParts(
    of slot: Slot, _ step: AdamStep, scale: Float, _ worker: Int, _ replicas: [Replica],
    _ workers: WorkerPool
  ) {
    let device = replicas[worker].device
    let gradient = gradients(of: slot.parameter, in: replicas)[0]
    let value = slot.parameter.value.flat
    let (first, second) = (slot.moments[0].flat, slot.moments[1].flat)
    for part in parts(of: slot.parameter, worker, workers) {
      let slope = gradient.slice(part)
      if scale < 1 { device.scaledSum(scale, slope, 0, slope, into: slope) }
      if case .adamW = groups[slot.group].rule {
        device.adamW(
          value.slice(part), gradient: slope, first: first.slice(part),
          second: second.slice(part), step: step, epsilon: UpdateRule.epsilon)
      } else {
        device.adamATan2(
          value.slice(part), gradient: slope, first: first.slice(part),
          second: second.slice(part), step: step)
      }
      slot.parameter.convert(part)
      slope.clear()
    }
  }

  private func clear(
    _ parameter: Parameter, _ worker: Int, _ replicas: [Replica], _ workers: WorkerPool
  ) {
    let gradient = gradients(of: parameter, in: replicas)[0]
    for part in parts(of: parameter, worker, workers) { gradient.slice(part).clear() }
  }

  /// For each Muon slot the worker that steps it as a whole: the largest matrices first, each to
  /// the worker with the least to do.
  private func ownersOfWholeMatrices(_ workers: WorkerPool) -> [Int: Int] {
    var loads = [Int](repeating: 0, count: workers.count)
    var owners: [Int: Int] = [:]
    let indices = slots.indices.filter {
      if case .muon = groups[slots[$0].group].rule { true } else { false }
    }
    for index in indices.sorted(by: {
      (slots[$1].parameter.value.count, $0) < (slots[$0].parameter.value.count, $1)
    }) {
      let owner = loads.indices.min { loads[$0] < loads[$1] } ?? 0
      owners[index] = owner
      loads[owner] += slots[index].parameter.value.count
    }
    return owners
  }

  /// The parts of a parameter that a worker steps, each small enough to stay in the cache between
  /// operations.
  private func parts(
    of parameter: Parameter, _ worker: Int, _ workers: WorkerPool
  ) -> some Sequence<Range<Int>> {
    let share = workers.share(of: parameter.value.count, worker: worker)
    let part = 1 << 15
    return stride(from: share.lowerBound, to: share.upperBound, by: part).lazy.map {
      $0..<min($0 + part, share.upperBound)
    }
  }

  /// The workers' gradients of a parameter, in order.
  private func gradients(of parameter: Parameter, in replicas: [Replica]) -> [Tensor] {
    replicas.map { replica in
      guard let gradient = replica.gradient(of: parameter) else {
        preconditionFailure("a worker has no gradients")
      }
      return gradient.flat
    }
  }
}
