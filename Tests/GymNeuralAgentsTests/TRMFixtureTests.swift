import Foundation
import Gym
import GymJSON
import GymNetworks
import GymNeuralAgents
import GymSafeTensors
import Testing

/// The model against an independent PyTorch version: Fixtures/trm/README.md.
@Suite struct TRMFixtureTests {
  private static let folder = RecordedNumbers.folder("trm")

  @Test("Every recorded number of TRM agrees", arguments: ["attention", "mlp"])
  func everyNumberAgrees(mixing: String) throws {
    let sizes = try JSON(contentsOf: Self.folder.appendingPathComponent("config.json"))
    func size(_ name: String) throws -> Int { Int(try #require(sizes[name]?.integer)) }
    var settings = Settings(TRM.settings)
    for (name, key) in [
      ("hidden", "hidden"), ("heads", "heads"), ("blocks", "blocks"), ("cycles", "cycles"),
      ("latent-updates", "latent_updates"), ("puzzle-width", "puzzle_width"),
      ("expansion", "expansion"),
    ] {
      try settings.set(name, to: "\(size(key))")
    }
    try settings.set("mixing", to: mixing)
    let cells = try size("cells")
    let agent = try TRM(
      settings: settings,
      context: AgentContext(
        vocabularyCount: size("vocabulary"), grid: GridShape(rows: 1, columns: cells),
        puzzleIdentifiers: size("identifiers"), batchSize: size("batch"), seed: 1, workers: 2))
    func file(_ name: String) throws -> SafeTensorsFile {
      try SafeTensorsFile(contentsOf: Self.folder.appendingPathComponent("\(mixing)/\(name)"))
    }
    try agent.load(file("weights.safetensors"))
    let recorded = try file("numbers.safetensors")
    let identifiers = try recorded.integers("puzzle_identifiers").map(Int32.init)
    let questions = QuestionBatch(
      cells: cells, questions: try recorded.integers("inputs").map { UInt8($0) },
      identifiers: identifiers)

    for (segment, numbers) in try agent.segments(size("segments"), of: questions).enumerated() {
      for (name, ours) in [
        ("z_H", numbers.states[0]), ("z_L", numbers.states[1]), ("logits", numbers.logits),
        ("q_halt_logits", numbers.halting),
      ] {
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
    let width = try size("puzzle_width")
    var puzzles = [Double](repeating: 0, count: try size("identifiers") * width)
    for (index, slope) in agent.puzzleGradient.enumerated() {
      puzzles[Int(identifiers[index / width]) * width + index % width] += Double(slope)
    }
    RecordedNumbers.expectEqual(
      puzzles, try recorded.doubles("grad.puzzle_emb.weights"), "puzzle embedding")
  }
}
