import Foundation
import Gym
import JSON
import NeuralNetworks
import SafeTensors
import Tensors

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
    let difference = zip(ours, theirs).reduce(0) { max($0, abs($1.0 - $1.1)) }
    let error = difference == 0 ? 0 : difference / max(scale, 1e-12)
    var result = results[kind] ?? Result(kind: kind)
    result.tensors += 1
    // A comparison whose error is NaN must not pass.
    if !(error <= result.error) {
      result.error = error.isNaN ? .infinity : error
      result.worst = name
    }
    results[kind] = result
  }
}
