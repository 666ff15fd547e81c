import GymEvaluation

/// The entries of one agent with one configuration under several seeds.
public struct Family: Sendable, Hashable {
  /// The agent's name.
  public let agent: String
  /// The indices of its standings, best first.
  public let members: [Int]
  /// The accuracies over the seeds: mean, spread and interval.
  public let accuracy: Sample
}
