import Statistics

/// Where an entry stands on its benchmark.
public struct Standing: Sendable, Hashable {
  /// A part of the puzzles under a name, such as a level of rating.
  public struct Part: Sendable, Hashable {
    /// The part's name: that of the level.
    public let name: String
    /// How many of the part's puzzles were solved, of how many.
    public let solved: Proportion
  }

  /// Whose place it is.
  public let entry: Entry
  /// The rank, from 1, which all entries of a tie group share; see `Ranking`.
  public let rank: Int
  /// The number of the tie group, from 0.
  public let group: Int
  /// The ranks that the data leave open: from 1 + the number of entries that are significantly
  /// better, to the number of entries − the number that are significantly worse.
  public let rankRange: ClosedRange<Int>
  /// The puzzles wholly solved; `solved.interval()` is Wilson's.
  public let solved: Proportion
  /// The puzzles by the task's levels of rating, easiest first, then those without rating; levels
  /// without puzzles are left out.
  public let byRating: [Part]
}
