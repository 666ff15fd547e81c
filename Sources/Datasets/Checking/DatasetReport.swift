import Gym

/// The result of checking datasets.
public struct DatasetReport: Sendable, Hashable {
  /// The result for one split.
  public struct Split: Sendable, Hashable {
    /// The folder's path.
    public let folder: String
    /// The split's name.
    public let name: String
    /// The number of examples, including variants.
    public let examples: Int
    /// The number of puzzles, including variants.
    public let puzzles: Int
    /// The number of groups: original puzzles, each with its variants.
    public let groups: Int
    /// The ratings of the groups' first examples.
    public let ratings: RatingHistogram
    /// The number of examples whose label violates the task's rules; nil without a task.
    public let wrongLabels: Int?
    /// The first wrong labels, each with its index and the problem.
    public let problems: [String]
    /// The number of examples whose question occurs earlier in the split.
    public let repeatedQuestions: Int
    /// The number of groups with a puzzle equivalent to one of an earlier group; nil if the task
    /// cannot determine it.
    public let equivalentGroups: Int?
    /// Whether the arrays have the hash stated in the manifest; nil without a manifest.
    public let hasStatedHash: Bool?
  }

  /// The overlap of two splits.
  public struct Overlap: Sendable, Hashable {
    /// One split, as an index into `splits`.
    public let first: Int
    /// The other split, as an index into `splits`.
    public let second: Int
    /// The number of different questions that are in both.
    public let questions: Int
    /// The number of equivalence classes of puzzles that are in both; nil if the task cannot
    /// determine it.
    public let classes: Int?

    /// Whether they share a puzzle: up to symmetry if that can be determined, otherwise literally.
    public var isLeak: Bool { (classes ?? questions) > 0 }
  }

  /// The splits of all folders, in the given order.
  public let splits: [Split]
  /// Every pair of splits.
  public let overlaps: [Overlap]

  /// Whether two splits share a puzzle.
  public var hasLeak: Bool { overlaps.contains(where: \.isLeak) }

  /// Whether a label is wrong or a hash differs from the stated one.
  public var isFaulty: Bool {
    splits.contains { $0.wrongLabels ?? 0 > 0 || $0.hasStatedHash == false }
  }
}
