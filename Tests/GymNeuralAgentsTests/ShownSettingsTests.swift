import Foundation
import Gym
import GymNeuralAgents
import GymTestSupport
import Testing

/// Weights without a header: the settings that they show, and those that the user has to give.
@Suite struct ShownSettingsTests {
  /// The settings that no answer depends on once training is over.
  private static let ofTraining: Set<String> = [
    "batch", "loss", "label-smoothing", "fresh-symmetry", "reveal", "gradient", "gradient-steps",
    "q-target", "halting-weight", "exploration", "optimizer", "learning-rate",
    "matrix-learning-rate", "warmup-steps", "weight-decay", "matrix-weight-decay", "beta1",
    "beta2", "momentum", "clip", "puzzle-learning-rate", "puzzle-weight-decay", "weight-average",
    "progressive", "forcing-steps",
  ]

  /// Values that are not the defaults. Of all expansions that give a SwiGLU the same width, weights
  /// show the greatest, which here is 16.
  private static let common = [
    "hidden": "48", "heads": "2", "expansion": "16", "gating": "normed",
    "positions": "rotary-2d+learned", "position-injection": "every", "rotary-base": "100",
    "prefix-rows": "3", "puzzle-width": "50", "dtype": "bf16", "loss-cells": "blanks",
    "max-segments": "2", "weight-average": "0",
  ]
  private static let shown = [
    "demonstrations": "2", "demonstration-rows": "2", "demonstration-blocks": "1",
  ]

  /// Expects that an agent made of the shown settings and of those that are not shown answers the
  /// same, and that no setting is left out.
  ///
  /// - Parameter unused: the settings without effect beside the others.
  private func check<Network>(
    _ type: NeuralAgent<Network>.Type, _ own: [String: String], unused: Set<String> = [],
    exchangeable: [UInt8] = []
  ) throws {
    let declared = Set(type.settings.map(\.name))
    let values = Self.common.merging(own) { $1 }.filter { declared.contains($0.key) }
    #expect(
      declared.subtracting(Self.ofTraining).subtracting(values.keys) == unused,
      "\(type.id): give a value, or say that answers do not depend on it")
    var given = Settings(type.settings)
    for (name, value) in values { try given.set(name, to: value) }
    let agent = try Toys.agent(type, values, exchangeable: exchangeable)
    func batch(_ step: Int) -> TrainingBatch {
      values["demonstrations"] == nil
        ? Toys.batch(step) : DemonstrationTests.batch(step, count: 5)
    }
    for step in 0..<3 { _ = try agent.learn(from: batch(step)) }
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("model.safetensors")
      try agent.exportWeights(to: url, as: .float32, metadata: [:])
      let file = try WeightsFile(contentsOf: url)
      let shown = type.settings(shownBy: file, cells: Toys.cells)
      var known = shown.mapValues(\.description)
      for name in Set(values.keys).subtracting(Self.ofTraining) {
        if let value = shown[name] {
          #expect(value == given[name], "\(type.id): \(name)")
        } else {
          #expect(type.settingsNotShown.contains(name), "\(type.id): \(name)")
        }
      }
      for name in type.settingsNotShown where shown[name] == nil {
        known[name] = try #require(given[name]).description
      }
      known["weight-average"] = "0"
      let other = try Toys.agent(type, known, exchangeable: exchangeable, seed: 5)
      try other.importWeights(file)
      let questions = batch(7).questions
      let (ours, theirs) = (
        try other.segments(3, of: questions), try agent.segments(3, of: questions)
      )
      for (ours, theirs) in zip(ours, theirs) {
        #expect(ours.logits == theirs.logits && ours.halting == theirs.halting, "\(type.id)")
      }
      for options in [SolveOptions(keepsThoughts: true), SolveOptions(halts: true)] {
        #expect(
          try other.solve(questions, options: options) == agent.solve(questions, options: options))
      }
    }
  }

  @Test("Weights show every setting that answers depend on, or it is listed as not shown")
  func everySettingIsShownOrListed() throws {
    let demonstrations = Set(Self.shown.keys)
    try check(
      HRM.self,
      Self.shown.merging([
        "high-blocks": "1", "low-blocks": "3", "high-cycles": "1", "low-cycles": "3",
        "ablation": "none", "memory": "2", "symbol-axis": "false", "halting": "exactness",
      ]) { $1 })
    try check(
      HRM.self,
      Self.shown.merging([
        "high-blocks": "1", "low-blocks": "3", "high-cycles": "1", "low-cycles": "3",
        "ablation": "no-outer-loop", "symbol-axis": "false", "halting": "exactness",
      ]) { $1 }, unused: ["memory"])
    try check(
      HRM.self,
      [
        "high-blocks": "1", "high-cycles": "1", "low-cycles": "3", "ablation": "no-low",
        "symbol-axis": "true", "halting": "fixed", "positions": "rows-columns-regions",
      ], unused: demonstrations.union(["memory", "low-blocks"]), exchangeable: [2, 3, 4])
    try check(
      TRM.self,
      Self.shown.merging([
        "mixing": "mlp", "blocks": "1", "cycles": "2", "latent-updates": "2",
      ]) { $1 })
    try check(
      SymbolEquivariant.self,
      ["recursion": "two-states", "blocks": "1", "cycles": "2", "updates": "2"],
      unused: demonstrations, exchangeable: [2, 3, 4])
    try check(DeepThinking.self, ["blocks": "1", "iterations": "4", "ending": "relu"])
    try check(
      RecurrentCoT.self, Self.shown.merging(["control": "latent-carry", "blocks": "1"]) { $1 })
    try check(Transformer.self, Self.shown.merging(["blocks": "1"]) { $1 })
    try check(
      TransformerACT.self,
      ["blocks": "1", "halting": "exactness", "positions": "rotary-2d"], unused: demonstrations)
  }

  /// No setting allows 0 blocks: the error was about blocks, not about the tensors that lack.
  @Test("Weights of another agent, or of another grid, show no number outside of its limits")
  func weightsOfAnotherAgentShowNoBlocks() throws {
    try withTemporaryFolder { folder in
      let agent = try Toys.agent(HRM.self, Self.shown)
      let url = folder.appendingPathComponent("model.safetensors")
      try agent.exportWeights(to: url, as: .float32, metadata: [:])
      let file = try WeightsFile(contentsOf: url)
      func shown<Network>(
        _ type: NeuralAgent<Network>.Type, _ name: String, cells: Int = Toys.cells
      ) -> SettingValue? {
        type.settings(shownBy: file, cells: cells)[name]
      }
      #expect(shown(HRM.self, "high-blocks") == .integer(1))
      #expect(shown(Transformer.self, "blocks") == nil)
      #expect(shown(TransformerACT.self, "blocks") == nil)
      #expect(shown(RecurrentCoT.self, "blocks") == nil)
      #expect(shown(TRM.self, "blocks") == .integer(1))
      #expect(shown(HRM.self, "demonstration-rows") == .integer(2))
      #expect(shown(HRM.self, "demonstration-rows", cells: 9) == nil)
    }
  }

  @Test("Positions are shown only if their vectors are those of one kind alone")
  func shownPositions() throws {
    for (positions, isShown) in [
      ("rotary", false), ("rotary-2d", true), ("learned", false), ("rotary-2d+learned", false),
      ("rows-columns", true), ("rows-columns-regions", true),
    ] {
      try withTemporaryFolder { folder in
        let agent = try Toys.agent(
          HRM.self, ["positions": positions, "hidden": "8", "prefix-rows": "2"])
        let url = folder.appendingPathComponent("model.safetensors")
        try agent.exportWeights(to: url, as: .float32, metadata: [:])
        let shown = HRM.settings(shownBy: try WeightsFile(contentsOf: url), cells: Toys.cells)
        let known: SettingValue? = isShown ? .text(positions) : nil
        let rows: SettingValue? = positions == "rotary" ? nil : .integer(2)
        #expect(shown["positions"] == known && shown["prefix-rows"] == rows, "\(positions)")
      }
    }
    #expect(HRM.settingsNotShown.contains("positions"))
  }
}
