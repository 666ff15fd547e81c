import Foundation
import Gym
import GymNeuralAgents
import GymSafeTensors
import GymTestSupport
import Testing

@Suite struct WeightsTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func url(_ name: String) -> URL { folder[name] }

  /// A file with the tensors of another, changed.
  private func rewritten(
    _ file: URL, as name: String, _ change: (String, [Float], [Int]) -> (String, [Float], [Int])?
  ) throws -> WeightsFile {
    let source = try SafeTensorsFile(contentsOf: file)
    var content = SafeTensorsContent()
    for name in source.names {
      guard
        let (name, values, shape) = change(
          name, try source.floats(name), try source.entry(name).shape)
      else { continue }
      content.add(name, doubles: values.map(Double.init), shape: shape)
    }
    try content.write(to: url(name))
    return try WeightsFile(contentsOf: url(name))
  }

  private func exported<Network>(_ agent: NeuralAgent<Network>) throws -> URL {
    try agent.exportWeights(to: url("model.safetensors"), as: .float32, metadata: [:])
    return url("model.safetensors")
  }

  private func check<Network>(_ type: NeuralAgent<Network>.Type, _ values: [String: String] = [:])
    throws
  {
    let trained = try Toys.agent(type, values, seed: 4)
    for step in 0..<3 { _ = try trained.learn(from: Toys.batch(step)) }
    let other = try Toys.agent(type, values, seed: 5)
    let file = try rewritten(exported(trained), as: "prefixed.safetensors") {
      ("_orig_mod.model.inner." + $0, $1, $2)
    }
    try other.importWeights(file)
    try other.exportWeights(to: url("again.safetensors"), as: .float32, metadata: [:])
    #expect(
      try Data(contentsOf: url("again.safetensors"))
        == Data(contentsOf: url("model.safetensors")))
    let questions = Toys.batch(7).questions
    let answers = try trained.solve(questions, options: SolveOptions())
    #expect(try other.solve(questions, options: SolveOptions()) == answers)
  }

  @Test("Exported weights come back to the bit, whatever a wrapper puts before their names")
  func roundTrip() throws {
    try check(HRM.self)
    try check(HRM.self, ["positions": "learned", "halting": "exactness"])
    try check(TRM.self)
    try check(TRM.self, ["mixing": "mlp"])
    try check(TransformerACT.self)
  }

  /// Expects that an agent with two more blocks answers as the one whose weights it has, and that
  /// what the new blocks add is learned from the first step on.
  private func checkGrowth<Network>(
    _ type: NeuralAgent<Network>.Type, blocks: [String], _ values: [String: String] = [:],
    exchangeable: [UInt8] = []
  ) throws {
    let values = values.merging(["weight-average": "0"]) { $1 }
    let agent = try Toys.agent(type, values, exchangeable: exchangeable)
    for step in 0..<3 { _ = try agent.learn(from: Toys.batch(step)) }
    let file = try WeightsFile(contentsOf: exported(agent)).addingBlocks(2)
    let shown = type.settings(shownBy: file, cells: Toys.cells)
    for name in blocks { #expect(shown[name] == .integer(3), "\(type.id)") }
    let larger = Dictionary(uniqueKeysWithValues: blocks.map { ($0, "3") })
    let grown = try Toys.agent(
      type, values.merging(larger) { $1 }, exchangeable: exchangeable, seed: 5)
    try grown.importWeights(file)
    let questions = Toys.batch(7).questions
    let before = try agent.segments(3, of: questions).flatMap(\.logits)
    let after = try grown.segments(3, of: questions).flatMap(\.logits)
    #expect(!before.isEmpty && before.count == after.count)
    let differences = zip(before, after).map { abs($0 - $1) }
    #expect(differences.allSatisfy { $0 < 1e-3 }, "\(type.id), \(values)")
    _ = try grown.learn(from: Toys.batch(3))
    let learned = try WeightsFile(contentsOf: exported(grown))
    let added = learned.names.filter { $0.contains(".layers.1.") || $0.contains(".layers.2.") }
    let ends = added.filter { $0.hasSuffix("o_proj.weight") || $0.hasSuffix("down_proj.weight") }
    #expect(!ends.isEmpty, "\(type.id)")
    let tensors = try SafeTensorsFile(contentsOf: url("model.safetensors"))
    for name in ends { #expect(try tensors.floats(name).contains { $0 != 0 }, "\(name)") }
  }

  @Test("Blocks that are added to weights leave the answers as they were, and learn")
  func growth() throws {
    try checkGrowth(HRM.self, blocks: ["high-blocks", "low-blocks"])
    try checkGrowth(
      HRM.self, blocks: ["high-blocks", "low-blocks"],
      ["symbol-axis": "true", "gating": "normed", "positions": "rotary-2d"],
      exchangeable: [2, 3, 4])
    try checkGrowth(SymbolEquivariant.self, blocks: ["blocks"], exchangeable: [2, 3, 4])
    try checkGrowth(TRM.self, blocks: ["blocks"])
    try checkGrowth(Transformer.self, blocks: ["blocks"])
    try checkGrowth(TransformerACT.self, blocks: ["blocks"])
    let convolution = try WeightsFile(contentsOf: exported(Toys.agent(DeepThinking.self)))
    #expect(throws: GymError.self) { try convolution.addingBlocks(1) }
    let mixer = try WeightsFile(contentsOf: exported(Toys.agent(TRM.self, ["mixing": "mlp"])))
    #expect(throws: GymError.self) { try mixer.addingBlocks(1) }
    let file = try WeightsFile(contentsOf: exported(Toys.agent(TRM.self)))
    for count in [0, -1, 65] { #expect(throws: GymError.self) { try file.addingBlocks(count) } }
  }

  @Test("An agent that learns halting alone has two rows in a file, and reads two")
  func haltingRows() throws {
    let file = try WeightsFile(contentsOf: exported(Toys.agent(TRM.self)))
    #expect(file.shape(of: "q_head.weight") == [2, 8])
    #expect(file.shape(of: "q_head.bias") == [2])
  }

  @Test("The sizes are read off the weights")
  func shownSettings() throws {
    let agent = try Toys.agent(HRM.self, ["high-blocks": "2", "positions": "learned"])
    let file = try WeightsFile(contentsOf: exported(agent))
    let values = HRM.settings(shownBy: file, cells: Toys.cells)
    #expect(values["hidden"] == .integer(8) && values["puzzle-width"] == .integer(8))
    #expect(values["high-blocks"] == .integer(2) && values["low-blocks"] == .integer(1))
    #expect(values["positions"] == nil && values["prefix-rows"] == .integer(1))
    let mixer = try WeightsFile(contentsOf: exported(Toys.agent(TRM.self, ["mixing": "mlp"])))
    #expect(TRM.settings(shownBy: mixer, cells: Toys.cells)["mixing"] == .text("mlp"))
    #expect(TRM.settings(shownBy: mixer, cells: Toys.cells)["blocks"] == .integer(1))
  }

  @Test("Whatever does not fit is named, and nothing is changed")
  func mismatches() throws {
    let agent = try Toys.agent(HRM.self)
    let before = try Toys.weights(of: agent)
    let file = try rewritten(exported(agent), as: "broken.safetensors") { name, values, shape in
      switch name {
      case "lm_head.weight": nil
      case "embed_tokens.embedding_weight": (name, values, shape.reversed())
      case "q_head.bias": (name, values + [0], [3])
      case "H_init": (name, values.map { _ in .nan }, shape)
      case "L_init": ("other", values, shape)
      default: (name, values, shape)
      }
    }
    let error = try #require(throws: GymError.self) { try agent.importWeights(file) }
    for text in [
      "lm_head.weight is missing, of shape [5, 8]",
      "embed_tokens.embedding_weight has shape [8, 5], expected [5, 8]: it is transposed",
      "q_head.bias has shape [3], expected [2]", "H_init holds numbers that are not finite",
      "L_init is missing", "other is not known",
    ] {
      #expect(error.what.contains(text), "\(error.what)")
    }
    #expect(try Toys.weights(of: agent) == before)
  }

  @Test("Files that are not weights of one model are errors")
  func strangeFiles() throws {
    try Data([0x50, 0x4B, 3, 4, 0, 0, 0, 0, 0]).write(to: url("a.pt"))
    let archive = try #require(throws: GymError.self) { try WeightsFile(contentsOf: url("a.pt")) }
    #expect(archive.description.contains("pt_to_safetensors.py"))
    try Data("text".utf8).write(to: url("b.safetensors"))
    #expect(throws: GymError.self) { try WeightsFile(contentsOf: url("b.safetensors")) }
    try SafeTensorsContent().write(to: url("c.safetensors"))
    #expect(throws: GymError.self) { try WeightsFile(contentsOf: url("c.safetensors")) }
    var content = SafeTensorsContent()
    content.add("H_init", doubles: [1], shape: [1])
    content.add("model.H_init", doubles: [1], shape: [1])
    try content.write(to: url("d.safetensors"))
    let double = try #require(throws: GymError.self) {
      try WeightsFile(contentsOf: url("d.safetensors"))
    }
    #expect(double.what.contains("model.H_init"))
  }

  @Test("The released configuration has its own names, and says what it lacks")
  func releasedConfiguration() throws {
    let released = try #require(Toys.agent(HRM.self).released)
    #expect(released.members["hidden_size"] == 8 && released.members["H_layers"] == 1)
    #expect(released.members["pos_encodings"] == "rope" && released.differences.isEmpty)
    let own = try #require(
      Toys.agent(HRM.self, ["positions": "rows-columns", "gating": "normed"]).released)
    #expect(own.differences == ["positions=rows-columns", "gating=normed"])
    let rows = try #require(Toys.agent(HRM.self, ["memory": "2", "prefix-rows": "3"]).released)
    #expect(rows.differences == ["prefix-rows=3", "memory=2"])
    // The released TRM has any number of rows, but none without a puzzle embedding.
    let trm = try #require(Toys.agent(TRM.self, ["prefix-rows": "3"]).released)
    #expect(trm.members["puzzle_emb_len"] == 3 && trm.differences.isEmpty)
    let bare = try #require(
      Toys.agent(TRM.self, ["prefix-rows": "3", "puzzle-width": "0"]).released)
    #expect(bare.differences == ["prefix-rows=3"])
    #expect(try Toys.agent(TRM.self).released?.members["mlp_t"] == false)
    #expect(try Toys.agent(TransformerACT.self).released == nil)
  }
}
