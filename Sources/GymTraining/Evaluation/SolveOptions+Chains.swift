import Gym

extension SolveOptions {
  /// Makes sure that every agent can think in as many chains as are asked for: others would ignore
  /// them.
  ///
  /// - Throws: a `GymError` that names the first that cannot.
  func checkChains(with agents: [any Agent]) throws {
    guard chains > 1 else { return }
    for agent in agents where (agent as? any ProbedAgent)?.startsFromStates != true {
      throw GymError(
        "\(chains) chains were requested",
        expected:
          "1: \(type(of: agent).id) starts from no latent states that noise could tell apart",
        remedy: "Leave --chains out, or let symmetric copies vote by --votes")
    }
  }
}
