import Gym

/// What a check of datasets found.
public struct DatasetReport: Sendable, Hashable {
  /// What was found in one split.
  public struct Split: Sendable, Hashable {
    /// The folder's path.
    public let folder: String
    /// The split's name.
    public let name: String
    /// The number of examples, variants among them.
    public let examples: Int
    /// The number of puzzles, variants among them.
    public let puzzles: Int
    /// The number of groups: original puzzles, each with its variants.
    public let groups: Int
    /// The ratings of the groups' first examples.
    public let ratings: RatingHistogram
    /// The number of examples whose label the task's rules do not accept; nil without a task.
    public let wrongLabels: Int?
    /// The first wrong labels, each with its index and what is wrong.
    public let problems: [String]
    /// The number of examples whose question stands in the split before.
    public let repeatedQuestions: Int
    /// The number of groups with a puzzle equivalent to one of an earlier group; nil if the
    /// task cannot tell.
    public let equivalentGroups: Int?
    /// Whether the arrays have the hash that the manifest states; nil without a manifest.
    public let hasStatedHash: Bool?
  }

  /// What two splits share.
  public struct Overlap: Sendable, Hashable {
    /// One split, as a position in `splits`.
    public let first: Int
    /// The other split, as a position in `splits`.
    public let second: Int
    /// The number of different questions that stand in both.
    public let questions: Int
    /// The number of equivalence classes of puzzles that stand in both; nil if the task
    /// cannot tell.
    public let classes: Int?

    /// Whether they share a puzzle: up to symmetry, or if that is not known, as it stands.
    public var isLeak: Bool { (classes ?? questions) > 0 }
  }

  /// The splits of all folders, in the order in which they were given.
  public let splits: [Split]
  /// Every pair of splits.
  public let overlaps: [Overlap]

  /// Whether two splits share a puzzle.
  public var hasLeak: Bool { overlaps.contains(where: \.isLeak) }

  /// Whether a label is wrong or a hash is not the stated one.
  public var isFaulty: Bool {
    splits.contains { $0.wrongLabels ?? 0 > 0 || $0.hasStatedHash == false }
  }
}
