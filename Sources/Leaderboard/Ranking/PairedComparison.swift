/// A comparison of two entries on the same puzzles.
public struct PairedComparison: Sendable, Hashable {
  /// The puzzles that the first solved and the second did not.
  public let wins: Int
  /// The puzzles that the second solved and the first did not.
  public let losses: Int
  /// McNemar's exact two-sided p-value for that difference.
  public let pValue: Double
  /// The p-value after Holm's correction over all pairs of the benchmark.
  public let adjustedPValue: Double

  /// Whether the entries differ at the 5 % level after the correction.
  public var differs: Bool { adjustedPValue < Ranking.significance }

  /// The same comparison from the other entry's view.
  public var reversed: PairedComparison {
    PairedComparison(wins: losses, losses: wins, pValue: pValue, adjustedPValue: adjustedPValue)
  }
}
