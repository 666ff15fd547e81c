import Gym
import NeuralNetworks
import Tensors

extension NeuralAgent: ProbedAgent {
  public var startsFromStates: Bool { !model.starts.isEmpty }

  /// A step is a whole segment: a pass, a cycle or a thought. It reports the states that are
  /// carried on or, where none is, what the heads read as `state`. A network without an outer loop
  /// has one segment. Everything runs on one worker.
  public func probe(
    _ questions: QuestionBatch, options: ProbeOptions, watch: (ProbedStep) throws -> Void
  ) throws {
    try configuration.check(questions)
    let asked = try options.segments(usual: configuration.maxSegments)
    guard questions.count > 0 else { return }
    let segments = Network.halting == .atOnce ? 1 : asked
    try answering {
      try model.probe(questions, segments: segments, options, on: replicas[0], watch: watch)
    }
  }
}

extension NeuralModel {
  /// The states' names, as HRM's are written: `z_H` for what checkpoints hold as `H_init`.
  private var probedNames: [String] {
    network.stateNames.map { name in
      let stem = name.hasSuffix("_init") ? String(name.dropLast(5)) : name
      return stem == "z" ? stem : "z_" + stem
    }
  }

  fileprivate func probe(
    _ questions: QuestionBatch, segments: Int, _ options: ProbeOptions, on replica: Replica,
    watch: (ProbedStep) throws -> Void
  ) throws {
    let names = probedNames
    let tokens = questions.questions.map(Int32.init)
    let grid = TokenGrid(batch: questions.count, cells: questions.cells, tokens: tokens)
    var states = zip(startStates(count: questions.count), names).map { $0.with(options.noise, $1) }
    var thoughts = tokens
    if !options.isLastOnly, !states.isEmpty {
      let starts = zip(states, names).map { $0.probed($1) }
      try watch(ProbedStep(segment: 0, step: 0, of: 1, states: starts, answers: nil))
    }
    var input: Variable?
    for segment in 1...segments {
      let x =
        input
        ?? embed(grid, thoughts: thoughts, identifiers: questions.identifiers, on: replica)
      input = Network.readsThoughts ? nil : x
      let result = self.segment(from: states, input: x, on: replica)
      states = carried(result)
      let isReported = segment == segments || !options.isLastOnly
      guard isReported || Network.readsThoughts else { continue }
      let answers = heads(result, on: replica).logits.value
        .greatest(after: configuration.prefixRows)
      if Network.readsThoughts { thoughts = answers.map(Int32.init) }
      guard isReported else { continue }
      let seen =
        states.isEmpty
        ? [result[0].value.probed("state")] : zip(states, names).map { $0.probed($1) }
      try watch(ProbedStep(segment: segment, step: 1, of: 1, states: seen, answers: answers))
    }
  }
}
