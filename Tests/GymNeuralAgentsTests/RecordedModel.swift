import Foundation
import Gym
import GymJSON
import GymNetworks
import GymNeuralAgents
import GymSafeTensors
import Testing

/// What an independent PyTorch version of a model recorded in one of its variants: Fixtures/NAME.
struct RecordedModel {
  private let folder: URL
  private let variant: String
  /// The contents of `config.json`.
  let sizes: JSON

  init(_ name: String, variant: String) throws {
    folder = RecordedNumbers.folder(name)
    self.variant = variant
    sizes = try JSON(contentsOf: folder.appendingPathComponent("config.json"))
  }

  func size(_ name: String) throws -> Int { Int(try #require(sizes[name]?.integer)) }

  /// Settings with the recorded sizes of some, and other values.
  func settings(
    _ declared: [Setting], sizes names: [String], _ others: [String: String]
  ) throws -> Settings {
    var settings = Settings(declared)
    for name in names {
      try settings.set(name, to: "\(size(name.replacingOccurrences(of: "-", with: "_")))")
    }
    for (name, value) in others { try settings.set(name, to: value) }
    return settings
  }

  private func file(_ name: String) throws -> SafeTensorsFile {
    try SafeTensorsFile(contentsOf: folder.appendingPathComponent("\(variant)/\(name)"))
  }

  /// Expects that an agent with the recorded weights has the recorded states, logits, loss and
  /// gradients.
  ///
  /// - Parameter states: the names of the carried states.
  func expectEqual<Network>(_ agent: NeuralAgent<Network>, states: [String]) throws {
    try agent.load(file("weights.safetensors"))
    let recorded = try file("numbers.safetensors")
    let names = Set(recorded.names)
    let identifiers: [Int32] =
      try names.contains("puzzle_identifiers")
      ? recorded.integers("puzzle_identifiers").map(Int32.init)
      : Array(repeating: 0, count: size("batch"))
    let inputs = try recorded.integers("inputs").map { UInt8($0) }
    let questions = QuestionBatch(
      cells: inputs.count / identifiers.count, questions: inputs, identifiers: identifiers)
    for (segment, numbers) in try agent.segments(size("segments"), of: questions).enumerated() {
      #expect(numbers.states.count == states.count)
      let parts =
        zip(states, numbers.states).map { ($0, $1) }
        + [("logits", numbers.logits), ("q_halt_logits", numbers.halting)]
      for (name, ours) in parts {
        let name = "segment\(segment).\(name)"
        RecordedNumbers.expectEqual(ours, try recorded.doubles(name), name)
      }
    }

    let labels = try recorded.integers("labels").map { UInt8(max($0, 0)) }
    try agent.computeGradients(for: TrainingBatch(questions: questions, labels: labels))
    RecordedNumbers.expectEqual([agent.loss], try recorded.doubles("loss"), "loss")
    for parameter in agent.parameters {
      let name = "grad.\(parameter.name)"
      RecordedNumbers.expectEqual(agent.gradient(of: parameter), try recorded.doubles(name), name)
    }
    guard names.contains("grad.puzzle_emb.weights") else { return }
    let width = agent.puzzleGradient.count / identifiers.count
    var puzzles = [Double](repeating: 0, count: try size("identifiers") * width)
    for (index, slope) in agent.puzzleGradient.enumerated() {
      puzzles[Int(identifiers[index / width]) * width + index % width] += Double(slope)
    }
    RecordedNumbers.expectEqual(
      puzzles, try recorded.doubles("grad.puzzle_emb.weights"), "puzzle embedding")
  }
}
