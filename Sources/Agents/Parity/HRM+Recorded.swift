import Gym
import NeuralNetworks
import SafeTensors
import Tensors

/// The values of a step under their names in the recordings.
extension HRM {
  /// The values that the last step computed, before the optimizers.
  var stepNumbers: [(name: String, kind: HRMParity.Kind, numbers: [Double])] {
    let outcomes = slots.map(\.outcome)
    let q = outcomes.flatMap(\.haltingLogits)
    func sum(_ value: (StepStatistics) -> Double) -> [Double] {
      [outcomes.reduce(0) { $0 + value($1) }]
    }
    return [
      ("current.inputs", .slots, slots.flatMap(\.tokens).map(Double.init)),
      ("current.labels", .slots, slots.flatMap(\.labels).map(Double.init)),
      ("current.puzzle_identifiers", .slots, slots.flatMap(\.identifiers).map(Double.init)),
      ("carry.steps", .slots, slots.flatMap(\.steps).map(Double.init)),
      ("carry.halted", .slots, slots.flatMap(\.halted).map { $0 ? 1 : 0 }),
      ("logits", .logits, outcomes.compactMap(\.logits).flatMap(cellLogits).map(Double.init)),
      ("q_halt_logits", .qValues, every(second: q, from: 0)),
      ("q_continue_logits", .qValues, every(second: q, from: 1)),
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
      ("carry.z_H", .states, slots.flatMap { $0.states[0].values.map(Double.init) }),
      ("carry.z_L", .states, slots.flatMap { $0.states[1].values.map(Double.init) }),
    ]
  }

  /// The gradients of the last step, summed over the workers in order.
  package var gradientNumbers: [(name: String, numbers: [Double])] {
    let puzzles = puzzleGradient.map(Double.init)
    return parameters.map { ($0.name, gradient(of: $0)) }
      + (puzzles.isEmpty ? [] : [("puzzle_emb.local_weights", puzzles)])
  }

  /// M_max segments without halting on a recorded batch: the values after each.
  func evaluationSegments(_ file: SafeTensorsFile) throws -> [[(name: String, numbers: [Double])]] {
    let identifiers = try file.integers("puzzle_identifiers").map(Int32.init(truncatingIfNeeded:))
    let inputs = try file.integers("inputs").map(UInt8.init(truncatingIfNeeded:))
    guard inputs.count == identifiers.count * configuration.cells else {
      throw GymError("inputs and puzzle_identifiers do not fit together", at: file.path)
    }
    let questions = QuestionBatch(
      cells: configuration.cells, questions: inputs, identifiers: identifiers)
    return try segments(configuration.maxSegments, of: questions).map { numbers in
      [
        ("logits", numbers.logits.map(Double.init)),
        ("q_halt_logits", every(second: numbers.halting, from: 0)),
        ("q_continue_logits", every(second: numbers.halting, from: 1)),
        ("z_H", numbers.states[0].map(Double.init)), ("z_L", numbers.states[1].map(Double.init)),
      ]
    }
  }

  /// One of the two columns of halting logits [n, 2].
  private func every(second logits: [Float], from column: Int) -> [Double] {
    stride(from: column, to: logits.count, by: 2).map { Double(logits[$0]) }
  }
}
