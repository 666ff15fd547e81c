import Gym
import GymNeuralAgents
import Testing

/// The model against an independent PyTorch version: Fixtures/trm/README.md.
@Suite struct TRMFixtureTests {
  @Test("Every recorded number of TRM agrees", arguments: ["attention", "mlp"])
  func everyNumberAgrees(mixing: String) throws {
    let recorded = try RecordedModel("trm", variant: mixing)
    let settings = try recorded.settings(
      TRM.settings,
      sizes: [
        "hidden", "heads", "blocks", "cycles", "latent-updates", "puzzle-width", "expansion",
      ], ["mixing": mixing])
    let agent = try TRM(
      settings: settings,
      context: AgentContext(
        vocabularyCount: recorded.size("vocabulary"),
        grid: GridShape(rows: 1, columns: recorded.size("cells")),
        puzzleIdentifiers: recorded.size("identifiers"), batchSize: recorded.size("batch"),
        seed: 1, workers: 2))
    try recorded.expectEqual(agent, states: ["z_H", "z_L"])
  }
}
