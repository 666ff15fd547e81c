import GymRanks
import GymTensors

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

  private let ranks: Ranks
  private let parcels: RankParcels?

  /// An optimizer with all moments at zero.
  ///
  /// - Parameter ranks: the processes that have workers, equally many each.
  public init(_ groups: [ParameterGroup], clip: Double = 0, ranks: Ranks = .alone) {
    self.groups = groups
    self.clip = clip
    self.ranks = ranks
    parcels = ranks.areSeveral ? RankParcels(ranks) : nil
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
  /// group, and zeroes the gradients. The work is split over the workers of all ranks.
  ///
  /// - Returns: whether all gradients were finite; if not, the gradients are zeroed and nothing
  ///   else changes.
  public func step(_ t: Int, rates: [Double], replicas: [Replica], workers: WorkerPool) -> Bool {
    precondition(rates.count == groups.count, "a rate for each group")
    let parts = parts(workers)
    parcels?.send(replicas, slots, parts, workers)
    guard let norm = sumGradients(replicas, parts, workers) else {
      workers.run { worker in
        for slot in slots { replicas[worker].flatGradient(of: slot.parameter).clear() }
      }
      return false
    }
    // As in torch.nn.utils.clip_grad_norm_.
    let scale = clip > 0 ? Float(min(1, clip / (norm + 1e-6))) : 1
    workers.run { worker in
      let device = replicas[worker].device
      for part in own(parts, of: worker, workers) where parts.owners[part.slot] == nil {
        let total = gradients(of: part, replicas)[0]
        step(t, part, gradient: total, rate: rates, scale: scale, device)
      }
      for (index, owner) in parts.owners where owner == ranks.rank * workers.count + worker {
        let slot = slots[index]
        guard case .muon(let decay, let momentum) = groups[slot.group].rule else { continue }
        MuonStep(
          rate: rates[slot.group], decay: decay, momentum: momentum, gradientScale: scale
        ).callAsFunction(slot, gradient: whole(index, parts, replicas), device: device)
        slot.parameter.convert(0..<slot.parameter.value.count)
      }
    }
    parcels?.complete(slots.map(\.parameter.value), parts, workers) {
      slots[$0.slot].parameter.convert($0.range)
    }
    workers.run { worker in
      for slot in slots { slot.parameter.pack(worker: worker, of: workers) }
    }
    return true
  }

  /// Makes the moments whole on every rank; until then each has only those of the elements that it
  /// steps.
  public func completeMoments(workers: WorkerPool) {
    guard let parcels else { return }
    for index in 0..<(groups.map(\.rule.moments).max() ?? 0) {
      // A slot without such a moment gives its first one again.
      parcels.complete(
        slots.map { $0.moments[min(index, $0.moments.count - 1)] }, parts(workers), workers)
    }
  }

  /// Sums the workers' gradients into the first worker's. Returns their norm; nil if a value is not
  /// finite.
  private func sumGradients(
    _ replicas: [Replica], _ parts: StepParts, _ workers: WorkerPool
  ) -> Double? {
    let squares = PartNumbers(count: parts.parts.count)
    workers.run { worker in
      let device = replicas[worker].device
      for (index, part) in parts.parts.enumerated() where isOwn(part, of: worker, workers) {
        let gradients = gradients(of: part, replicas)
        let total = gradients[0]
        for gradient in gradients.dropFirst() {
          device.accumulate(gradient, into: total)
          gradient.clear()
        }
        let square = clip > 0 ? device.sumOfSquares(total) : 0
        squares[index] = device.allFinite(total) ? square : .nan
      }
    }
    let all = squaresOfAllRanks(squares, parts)
    guard !all.contains(where: \.isNaN) else { return nil }
    guard clip > 0 else { return 0 }
    var sums = [Double](repeating: 0, count: parts.workers)
    for (part, square) in zip(parts.parts, all) { sums[part.share] += square }
    return sums.reduce(0) { $0 + Double(Float($1)) }.squareRoot()
  }

  /// The squares of all parts, from the ranks that have summed them.
  private func squaresOfAllRanks(_ squares: PartNumbers, _ parts: StepParts) -> [Double] {
    guard ranks.areSeveral else { return parts.parts.indices.map { squares[$0] } }
    let places = (0..<ranks.count).map { rank in
      parts.parts.indices.filter { parts.parts[$0].rank == rank }
    }
    let gathered = ranks.gathered(
      places[ranks.rank].map { squares[$0] }, counts: places.map(\.count))
    var all = [Double](repeating: 0, count: parts.parts.count)
    for (place, square) in zip(places.joined(), gathered) { all[place] = square }
    return all
  }

  private func step(
    _ t: Int, _ part: StepParts.Part, gradient: Tensor, rate rates: [Double], scale: Float,
    _ device: CPUDevice
  ) {
    let slot = slots[part.slot]
    let value = slot.parameter.value.flat.slice(part.range)
    let moments = slot.moments.map { $0.flat.slice(part.range) }
    if scale < 1 { device.scaledSum(scale, gradient, 0, gradient, into: gradient) }
    func step(_ decay: Double, _ beta1: Double, _ beta2: Double) -> AdamStep {
      AdamStep(t: t, rate: rates[slot.group], decay: decay, beta1: beta1, beta2: beta2)
    }
    switch groups[slot.group].rule {
    case .muon: return
    case .adamW(let decay, let beta1, let beta2):
      device.adamW(
        value, gradient: gradient, first: moments[0], second: moments[1],
        step: step(decay, beta1, beta2), epsilon: UpdateRule.epsilon)
    case .adamATan2(let decay, let beta1, let beta2):
      device.adamATan2(
        value, gradient: gradient, first: moments[0], second: moments[1],
        step: step(decay, beta1, beta2))
    }
    slot.parameter.convert(part.range)
    gradient.clear()
  }

  private func parts(_ workers: WorkerPool) -> StepParts {
    StepParts(
      counts: slots.map(\.parameter.value.count),
      whole: slots.indices.filter {
        if case .muon = groups[slots[$0].group].rule { true } else { false }
      }, workers: workers.count, ranks: ranks.count)
  }

  /// Whether a worker of this rank sums a part.
  private func isOwn(_ part: StepParts.Part, of worker: Int, _ workers: WorkerPool) -> Bool {
    part.rank == ranks.rank && part.share % workers.count == worker
  }

  private func own(
    _ parts: StepParts, of worker: Int, _ workers: WorkerPool
  ) -> some Sequence<StepParts.Part> {
    parts.parts.lazy.filter { isOwn($0, of: worker, workers) }
  }

  /// All workers' gradients of a part that this rank sums, in order.
  private func gradients(
    of part: StepParts.Part, _ replicas: [Replica]
  ) -> [Tensor] {
    parcels?.gradients(of: part)
      ?? replicas.map { $0.flatGradient(of: slots[part.slot].parameter).slice(part.range) }
  }

  /// The summed gradient of a parameter that this rank steps as a whole.
  private func whole(_ slot: Int, _ parts: StepParts, _ replicas: [Replica]) -> Tensor {
    let parameter = slots[slot].parameter
    let gradient: Tensor
    if let parcels, let start = parts.parts.first(where: { $0.slot == slot })?.place {
      gradient = parcels.gradient(of: start..<start + parameter.value.count)
    } else {
      gradient = replicas[0].flatGradient(of: parameter)
    }
    return gradient.reshaped(parameter.value.shape)
  }
}

/// A number for each part, written only by the worker that sums it.
///
/// Unchecked: a worker writes only its own elements, and the caller reads after the pool's barrier.
private final class PartNumbers: @unchecked Sendable {
  private let numbers: UnsafeMutableBufferPointer<Double>

  init(count: Int) {
    numbers = .allocate(capacity: count)
    numbers.initialize(repeating: 0)
  }

  deinit { numbers.deallocate() }

  subscript(part: Int) -> Double {
    get { numbers[part] }
    set { numbers[part] = newValue }
  }
}
