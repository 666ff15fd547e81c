import Foundation
import Gym
import GymJSON
import GymNetworks
import GymSafeTensors
import GymTensors

/// Repeats recorded training steps and a recorded evaluation, and compares every number.
///
/// A recording is a folder with `config.json`, `weights_initial.safetensors`,
/// `training_steps.safetensors` and `evaluation.safetensors`, with tensors named as in the released
/// state dictionary; Fixtures/parity/README.md describes their contents.
public struct HRMParity {
  /// A kind of recorded number.
  public enum Kind: String, Sendable, CaseIterable {
    /// The contents of each slot: puzzle, labels, identifier, steps, whether it is finished.
    case slots
    /// The output head's logits.
    case logits
    /// The logits of halting and continuing.
    case qValues = "q-values"
    /// The targets for the value of continuing.
    case continueTargets = "continue-targets"
    /// The loss and its parts.
    case losses
    /// Sums over the slots that finished.
    case metrics
    /// z_H and z_L after the segment.
    case states
    /// The gradient of the loss with respect to every weight.
    case gradients
    /// The weights after both optimizers' steps.
    case weights = "weights-after-optimiser"
    /// Segments without halting, after training.
    case evaluation
  }

  /// The comparison of all values of one kind.
  public struct Result: Sendable {
    /// The kind of the values.
    public let kind: Kind
    /// The number of tensors compared.
    public internal(set) var tensors = 0
    /// The largest |ours − recorded| of a tensor, divided by its largest |recorded|.
    public internal(set) var error = 0.0
    /// The tensor with that error.
    public internal(set) var worst = ""
  }

  let agent: HRM
  let trainingSteps: Int
  let recorded: SafeTensorsFile
  let evaluation: SafeTensorsFile
  private var results: [Kind: Result] = [:]

  /// Opens a recording. Throws if a file is missing, damaged or does not fit the others.
  public init(folder: URL, workers: Int = 1) throws {
    func file(_ name: String) throws -> SafeTensorsFile {
      try SafeTensorsFile(contentsOf: folder.appendingPathComponent(name))
    }
    let recipe = try RecordedRecipe(
      contentsOf: folder.appendingPathComponent("config.json"), workers: workers)
    agent = try HRM(settings: recipe.settings, context: recipe.context)
    trainingSteps = recipe.steps
    try agent.load(try file("weights_initial.safetensors"))
    recorded = try file("training_steps.safetensors")
    evaluation = try file("evaluation.safetensors")
  }

  /// Runs everything and returns one result per kind, in their order.
  ///
  /// - Throws: an error if the recording lacks a value, or has a different number of values.
  public mutating func run() throws -> [Result] {
    for step in 0..<trainingSteps { try repeatStep(step) }
    // Recorded after the last training step.
    for (segment, values) in try agent.evaluationSegments(evaluation).enumerated() {
      for (name, numbers) in values {
        try compare(.evaluation, "segment\(segment).\(name)", numbers, in: evaluation)
      }
    }
    return Kind.allCases.compactMap { results[$0] }
  }

  private mutating func repeatStep(_ step: Int) throws {
    let name = "step\(step)"
    try agent.computeGradients(for: batch(name))
    for (part, kind, numbers) in agent.stepNumbers {
      try compare(kind, "\(name).\(part)", numbers, in: recorded)
    }
    for (part, numbers) in agent.gradientNumbers
    where recorded.entries["\(name).grad.\(part)"] != nil {
      try compare(.gradients, "\(name).grad.\(part)", numbers, in: recorded)
    }
    _ = agent.update()
    for (part, tensor) in agent.model.tensors
    where recorded.entries["\(name).after.\(part)"] != nil {
      try compare(.weights, "\(name).after.\(part)", tensor.values.map(Double.init), in: recorded)
    }
  }

  private func batch(_ step: String) throws -> TrainingBatch {
    func bytes(_ name: String) throws -> [UInt8] {
      try recorded.integers("\(step).\(name)").map { value in
        guard let byte = UInt8(exactly: max(value, 0)) else {
          throw GymError("\(step).\(name) holds \(value)", at: recorded.path)
        }
        return byte
      }
    }
    let identifiers = try recorded.integers("\(step).puzzle_identifiers").map {
      Int32(truncatingIfNeeded: $0)
    }
    let cells = agent.configuration.cells
    let (questions, labels) = (try bytes("inputs"), try bytes("labels"))
    guard questions.count == identifiers.count * cells, labels.count == questions.count else {
      throw GymError(
        "\(step): expected \(identifiers.count) × \(cells) inputs and labels", at: recorded.path)
    }
    return TrainingBatch(
      questions: QuestionBatch(cells: cells, questions: questions, identifiers: identifiers),
      labels: labels)
  }

  private mutating func compare(
    _ kind: Kind, _ name: String, _ ours: [Double], in file: SafeTensorsFile
  ) throws {
    let entry = try file.entry(name)
    let theirs: [Double]
    switch entry.type {
    case .float32, .float64, .bfloat16: theirs = try file.doubles(name)
    default: theirs = try file.integers(name).map(Double.init)
    }
    guard ours.count == theirs.count else {
      throw GymError(
        "\(name) has \(theirs.count) numbers; expected \(ours.count)", at: file.path)
    }
    let scale = theirs.reduce(0) { max($0, abs($1)) }
    let differences = zip(ours, theirs).map { $0 == $1 ? 0 : abs($0 - $1) }
    // A comparison with NaN must not pass, and `max` would drop it.
    let difference = differences.contains(where: \.isNaN) ? .nan : differences.max() ?? 0
    let error = difference == 0 ? 0 : difference / max(scale, 1e-12)
    var result = results[kind] ?? Result(kind: kind)
    result.tensors += 1
    if !(error <= result.error) {
      result.error = error.isNaN ? .infinity : error
      result.worst = name
    }
    results[kind] = result
  }
}

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
