import GymEvaluation

/// The place of an entry on its benchmark.
public struct Standing: Sendable, Hashable {
  /// The entry.
  public let entry: Entry
  /// The rank among the agents that learned, from 1, shared by all entries of a tie group; for a
  /// reference the rank at which it would stand. See `Ranking`.
  public let rank: Int
  /// The number of the tie group, from 0.
  public let group: Int
  /// The ranks that are consistent with the data: from 1 + the number of significantly better
  /// entries, to the number of entries − the number of significantly worse ones.
  public let rankRange: ClosedRange<Int>
  /// The puzzles solved completely; `solved.interval()` is Wilson's interval.
  public let solved: Proportion
  /// The puzzles by the task's levels of rating, easiest first, then those without rating; levels
  /// without puzzles are omitted.
  public let byRating: [Score.Part]
}
