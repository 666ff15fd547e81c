import NeuralNetworks
import Tensors

extension HRMModel {
  /// What a segment gives.
  struct Segment {
    /// z_H and z_L at its end, [B, S, D] each.
    let high: Variable
    let low: Variable
    /// The one of them that the heads read.
    let output: Variable
    /// The states in front of the recorded updates, as leaves; empty where the gradient does not
    /// ask for them.
    fileprivate let starts: [Variable]

    /// The states, to be carried on.
    var states: States { States(high: high.value, low: low.value) }
  }

  /// One segment: N high cycles of T low cycles, or what an ablation leaves of them. Where the
  /// tape records, it keeps the last updates only, as the configuration's gradient says.
  func segment(from states: States, input: Variable, on replica: Replica) -> Segment {
    let tape = replica.tape
    var zH = tape.constant(states.high)
    var zL = tape.constant(states.low)
    func update(_ module: HRMConfiguration.Module) {
      switch (module, high, low) {
      case (.high, let high?, let low):
        zH = high(tape.add(zH, low == nil ? input : zL), rotary: rotary, on: replica)
      case (.low, let high, let low?):
        let injected = high == nil ? tape.add(zL, input) : tape.add(zL, zH, input)
        zL = low(injected, rotary: rotary, on: replica)
      default: preconditionFailure("an update of a module that the ablation leaves out")
      }
    }
    let updates = configuration.updates
    let recorded = configuration.recordedUpdates
    tape.withoutGradient { updates.dropLast(recorded).forEach(update) }
    var starts: [Variable] = []
    if tape.isRecording, case .implicit(let terms) = configuration.gradient, terms > 1 {
      (zH, zL) = (tape.leaf(zH.value), tape.leaf(zL.value))
      starts = [zH, zL]
    }
    updates.suffix(recorded).forEach(update)
    return Segment(high: zH, low: zL, output: high == nil ? zL : zH, starts: starts)
  }

  /// The further terms of the implicit gradient's series: gradients of a segment's states to be
  /// added to what the heads give, in one backward pass. Empty for the other gradients.
  ///
  /// - Parameter seeds: the heads' products with the gradient of the loss by each.
  func furtherTerms(
    of segment: Segment, from seeds: [(variable: Variable, gradient: Tensor)], on tape: Tape
  ) -> [(variable: Variable, gradient: Tensor)] {
    guard !segment.starts.isEmpty, case .implicit(let terms) = configuration.gradient else {
      return []
    }
    let ends = [segment.high, segment.low]
    var seeds = seeds
    var sums: [Tensor?] = [nil, nil]
    for _ in 1..<terms {
      let term = tape.gradients(of: segment.starts, from: seeds)
      sums = zip(sums, term).map { sum, term in
        guard let sum, let term else { return sum ?? term }
        return tape.device.add(sum, term)
      }
      seeds = zip(ends, term).compactMap { end, term in term.map { (end, $0) } }
    }
    return zip(ends, sums).compactMap { end, sum in sum.map { (end, $0) } }
  }
}
