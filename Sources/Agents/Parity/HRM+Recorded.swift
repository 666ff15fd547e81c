import Gym
import NeuralNetworks
import SafeTensors
import Tensors

/// The numbers of a step as the recordings name them.
extension HRM {
  /// What the last step computed, before the optimisers.
  var stepNumbers: [(name: String, kind: HRMParity.Kind, numbers: [Double])] {
    let outcomes = slots.map(\.outcome)
    let q = outcomes.flatMap(\.qValues)
    func sum(_ value: (HRMOutcome) -> Double) -> [Double] {
      [outcomes.reduce(0) { $0 + value($1) }]
    }
    return [
      ("current.inputs", .slots, slots.flatMap(\.tokens).map(Double.init)),
      ("current.labels", .slots, slots.flatMap(\.labels).map(Double.init)),
      ("current.puzzle_identifiers", .slots, slots.flatMap(\.identifiers).map(Double.init)),
      ("carry.steps", .slots, slots.flatMap(\.steps).map(Double.init)),
      ("carry.halted", .slots, slots.flatMap(\.halted).map { $0 ? 1 : 0 }),
      ("logits", .logits, outcomes.flatMap { cellLogits($0.logits) }),
      ("q_halt_logits", .qValues, q.map { Double($0.halt) }),
      ("q_continue_logits", .qValues, q.map { Double($0.continue) }),
      ("target_q_continue", .continueTargets, outcomes.flatMap(\.continueTargets)),
      ("loss_sum", .losses, sum(\.loss)),
      ("metric.lm_loss", .losses, sum(\.cellLoss)),
      ("metric.q_halt_loss", .losses, sum(\.haltLoss)),
      ("metric.q_continue_loss", .losses, sum(\.continueLoss)),
      ("metric.count", .metrics, sum { Double($0.finished) }),
      ("metric.accuracy", .metrics, sum(\.cellAccuracy)),
      ("metric.exact_accuracy", .metrics, sum { Double($0.exact) }),
      ("metric.q_halt_accuracy", .metrics, sum { Double($0.haltAccuracy) }),
      ("metric.steps", .metrics, sum { Double($0.segments) }),
      ("carry.z_H", .states, slots.flatMap { $0.states.high.values.map(Double.init) }),
      ("carry.z_L", .states, slots.flatMap { $0.states.low.values.map(Double.init) }),
    ]
  }

  /// The gradients of the last step, summed over the workers in their order.
  package var gradientNumbers: [(name: String, numbers: [Double])] {
    var numbers = model.parameters.map { parameter -> (name: String, numbers: [Double]) in
      let parts = replicas.compactMap { $0.gradient(of: parameter)?.values }
      return (
        parameter.name,
        (0..<parameter.value.count).map { index in
          parts.reduce(0) { $0 + Double($1[index]) }
        }
      )
    }
    let puzzles = slots.compactMap(\.outcome.puzzleGradient).flatMap { $0.values.map(Double.init) }
    if !puzzles.isEmpty { numbers.append(("puzzle_emb.local_weights", puzzles)) }
    return numbers
  }

  /// M_max segments without halting on a recorded batch: the numbers after each.
  func evaluationSegments(_ file: SafeTensorsFile) throws -> [[(name: String, numbers: [Double])]] {
    let identifiers = try file.integers("puzzle_identifiers").map(Int32.init(truncatingIfNeeded:))
    let inputs = try file.integers("inputs").map(UInt8.init(truncatingIfNeeded:))
    guard inputs.count == identifiers.count * configuration.cells else {
      throw SafeTensorsError(file: file.path, "inputs and puzzle_identifiers do not fit together")
    }
    let questions = QuestionBatch(
      cells: configuration.cells, questions: inputs, identifiers: identifiers)
    try check(questions)
    let replica = replicas[0]
    let grid = TokenGrid(
      batch: questions.count, cells: questions.cells, tokens: questions.questions.map(Int32.init))
    let input = model.embed(grid, identifiers: identifiers, on: replica) { _ in }
    var states = model.startStates(count: questions.count)
    return (0..<configuration.maxSegments).map { _ in
      let segment = model.segment(from: states, input: input, on: replica)
      states = segment.states
      let heads = model.heads(segment.output, on: replica)
      let q = model.qValues(heads.q)
      return [
        ("logits", cellLogits(heads.logits.value)), ("q_halt_logits", q.map { Double($0.halt) }),
        ("q_continue_logits", q.map { Double($0.continue) }),
        ("z_H", states.high.values.map(Double.init)), ("z_L", states.low.values.map(Double.init)),
      ]
    }
  }

  /// The logits [n, S, V] without the rows of the prefix.
  private func cellLogits(_ logits: Tensor?) -> [Double] {
    guard let logits else { return [] }
    let values = logits.values
    let entry = logits.shape[1] * logits.shape[2]
    let skipped = configuration.prefixRows * logits.shape[2]
    return (0..<logits.shape[0]).flatMap { index in
      values[index * entry + skipped..<(index + 1) * entry].map(Double.init)
    }
  }
}
