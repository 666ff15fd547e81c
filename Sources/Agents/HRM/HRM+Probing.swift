import Gym
import NeuralNetworks
import Tensors

extension HRM: ProbedAgent {
  public var startsFromStates: Bool { true }

  /// A step is an update of L or of H, and reports the state that it changed. After one of L the
  /// answer is what one more call of H makes of it, which is not kept (arXiv 2506.21734); after
  /// one of H it is that of z_H itself, so that segments end with the answers that `solve` gives.
  /// Everything runs on one worker.
  public func probe(
    _ questions: QuestionBatch, options: ProbeOptions, watch: (ProbedStep) throws -> Void
  ) throws {
    try check(questions)
    let segments = try options.segments(usual: configuration.maxSegments)
    guard questions.count > 0 else { return }
    try answering {
      try model.probe(questions, segments: segments, options, on: replicas[0], watch: watch)
    }
  }
}

extension HRMModel {
  fileprivate func probe(
    _ questions: QuestionBatch, segments: Int, _ options: ProbeOptions, on replica: Replica,
    watch: (ProbedStep) throws -> Void
  ) throws {
    let grid = TokenGrid(
      batch: questions.count, cells: questions.cells, tokens: questions.questions.map(Int32.init))
    let input = embed(grid, identifiers: questions.identifiers, on: replica) { _ in }
    var states = startStates(count: questions.count)
    states.high = states.high.with(options.noise, "z_H")
    states.low = states.low.with(options.noise, "z_L")
    let updates = configuration.updates
    func probed(_ module: HRMConfiguration.Module) -> ProbedStep.State {
      module == .high ? states.high.probed("z_H") : states.low.probed("z_L")
    }
    if !options.isLastOnly {
      let starts = [HRMConfiguration.Module.high, .low].filter { updates.contains($0) }.map(probed)
      try watch(ProbedStep(segment: 0, step: 0, of: updates.count, states: starts, answers: nil))
    }
    for segment in 1...segments {
      for (index, module) in updates.enumerated() {
        states = updated(states, by: module, input: input, on: replica)
        let isLast = segment == segments && index == updates.count - 1
        guard isLast || !options.isLastOnly else { continue }
        let read =
          module == .low && high != nil
          ? updated(states, by: .high, input: input, on: replica) : states
        let output = replica.tape.constant(high == nil ? read.low : read.high)
        try watch(
          ProbedStep(
            segment: segment, step: index + 1, of: updates.count, states: [probed(module)],
            answers: answers(output, on: replica).flatMap { $0 }))
      }
    }
  }

  /// The states after one update.
  ///
  /// - Precondition: the ablation does not leave the module out.
  private func updated(
    _ states: States, by module: HRMConfiguration.Module, input: Variable, on replica: Replica
  ) -> States {
    let tape = replica.tape
    let (zH, zL) = (tape.constant(states.high), tape.constant(states.low))
    switch (module, high, low) {
    case (.high, let high?, let low):
      let injected = tape.add(zH, low == nil ? input : zL)
      return States(high: high(injected, rotary: rotary, on: replica).value, low: states.low)
    case (.low, let high, let low?):
      let injected = high == nil ? tape.add(zL, input) : tape.add(zL, zH, input)
      return States(high: states.high, low: low(injected, rotary: rotary, on: replica).value)
    default: preconditionFailure("an update of a module that the ablation leaves out")
    }
  }
}
