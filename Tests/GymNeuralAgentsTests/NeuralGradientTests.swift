import Gym
import GymNetworks
import GymNeuralAgents
import GymRandomness
import GymTensors
import Testing

/// The gradient of the whole loss by every weight against central differences.
///
/// The first segment begins with constant states, so it is exact for one pass of a stack, and for
/// a TRM of one cycle. The halting head begins at zero, so that targets made from it stay.
@Suite struct NeuralGradientTests {
  private func expectSlopes<Network>(
    _ type: NeuralAgent<Network>.Type, _ values: [String: String] = [:],
    exchangeable: [UInt8] = [], batch: TrainingBatch = Toys.batch(2, traced: true),
    hasKinks: Bool = false
  ) throws {
    let names = Set(type.settings.map(\.name))
    let settings = values.merging(["positions": "learned"], uniquingKeysWith: { a, _ in a })
      .filter { names.contains($0.key) }
    let agent = try Toys.agent(type, settings, workers: 2, exchangeable: exchangeable)
    try agent.computeGradients(for: batch)
    let count = agent.parameters.count
    for index in 0..<count {
      let gradient = agent.gradient(of: agent.parameters[index])
      let name = agent.parameters[index].name
      // The target for going on moves with Q-learning's own head.
      if name.hasPrefix("q_head"), TransformerACT.id == type.id { continue }
      var random = RandomStream(seed: 12, name)
      let direction = gradient.map { _ in Float(random.normal()) }
      func loss(_ distance: Float) throws -> Double {
        let moved = try Toys.agent(type, settings, exchangeable: exchangeable)
        let parameter = moved.parameters[index]
        parameter.value.set(zip(parameter.value.values, direction).map { $0 + distance * $1 })
        parameter.refresh()
        try moved.computeGradients(for: batch)
        return moved.loss
      }
      func slope(_ step: Float) throws -> Double {
        try (loss(step) - loss(-step)) / Double(2 * step)
      }
      let exact = zip(gradient, direction).reduce(0) { $0 + $1.0 * Double($1.1) }
      let place = "\(type.id), \(name)"
      if hasKinks {
        // ReLUs of exactly 0 have one slope to the left and another to the right.
        let step: Float = 2e-4
        let middle = try loss(0)
        let sides = try [
          (middle - loss(-step)) / Double(step), (loss(step) - middle) / Double(step),
        ]
        let slack = 1e-2 * abs(exact) + 2e-3
        #expect(
          exact > (sides.min() ?? 0) - slack && exact < (sides.max() ?? 0) + slack,
          "\(place): \(sides), not \(exact)")
        continue
      }
      // Richardson's extrapolation takes out the error of step².
      let numeric = try (4 * slope(1e-3) - slope(2e-3)) / 3
      #expect(
        abs(numeric - exact) < 1e-2 * abs(exact) + 2e-4, "\(place): \(numeric), not \(exact)")
    }
  }

  @Test("The Transformer's gradients agree with finite differences")
  func transformer() throws { try expectSlopes(Transformer.self) }
  @Test("The gradients of the Transformer with ACT agree with finite differences")
  func transformerACT() throws { try expectSlopes(TransformerACT.self) }
  @Test("The gradients of the recurrent chain of thought agree with finite differences")
  func recurrentCoT() throws {
    try expectSlopes(RecurrentCoT.self)
    try expectSlopes(RecurrentCoT.self, ["control": "latent-carry"])
  }
  @Test("TRM's gradients agree with finite differences", arguments: ["attention", "mlp"])
  func trm(mixing: String) throws {
    try expectSlopes(TRM.self, ["mixing": mixing, "cycles": "1", "latent-updates": "2"])
  }

  @Test("The gradients through the reader of demonstrations agree with finite differences")
  func demonstrations() throws {
    try expectSlopes(
      Transformer.self,
      ["demonstrations": "2", "demonstration-rows": "2", "puzzle-width": "0"],
      batch: DemonstrationTests.batch(2, count: 5, alwaysTwo: false))
  }

  @Test("HRM's gradients with an axis of symbols agree with finite differences")
  func hrmWithSymbols() throws {
    try expectSlopes(
      HRM.self,
      [
        "symbol-axis": "true", "gradient": "last-cycle", "high-cycles": "1", "low-cycles": "2",
        "halting": "exactness",
      ], exchangeable: [4, 2])
  }

  @Test(
    "The symbol-equivariant network's gradients agree with finite differences",
    arguments: ["one-state", "two-states"])
  func symbolEquivariant(recursion: String) throws {
    let settings = ["recursion": recursion, "cycles": "1", "updates": "2"]
    try expectSlopes(SymbolEquivariant.self, settings, exchangeable: [4, 2])
    try expectSlopes(
      SymbolEquivariant.self,
      settings.merging([
        "positions": "rows-columns", "position-injection": "every", "prefix-rows": "2",
        "puzzle-width": "0", "gating": "normed",
      ]) { $1 }, exchangeable: [2, 3, 4])
  }

  @Test(
    "The deep-thinking network's gradients agree with finite differences",
    arguments: ["norm", "relu"])
  func deepThinking(ending: String) throws {
    try expectSlopes(
      DeepThinking.self, ["ending": ending, "iterations": "3", "progressive": "0"],
      hasKinks: ending == "relu")
  }

  /// The levers that change what is computed, together.
  @Test(
    "Gradients agree with finite differences if all options are combined",
    arguments: ["rows-columns", "rows-columns-regions", "rotary-2d", "rotary-2d+learned"])
  func levers(
    positions: String
  ) throws {
    let levers = [
      "positions": positions, "position-injection": "every", "prefix-rows": "2",
      "puzzle-width": "0", "gating": "normed", "label-smoothing": "0.1", "loss-cells": "blanks",
      "halting-weight": "0.2", "rotary-base": "10",
    ]
    try expectSlopes(Transformer.self, levers)
    try expectSlopes(
      TRM.self, levers.merging(["cycles": "1", "latent-updates": "2"]) { $1 })
    try expectSlopes(
      HRM.self,
      levers.merging(
        ["halting": "exactness", "gradient": "last-cycle", "high-cycles": "1"]) { $1 })
  }
}
