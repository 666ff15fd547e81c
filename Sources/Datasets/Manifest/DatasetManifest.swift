import Gym
import JSON

/// The contents and the origin of a dataset, stored in its `manifest.json`.
public struct DatasetManifest: Sendable, Hashable {
  /// The manifest's entry for one split.
  public struct Split: Sendable, Hashable {
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
    /// The task's counts over the groups' first examples; see `Task.counts`.
    public let counts: CountHistograms
    /// The SHA-256 of the arrays' values; see `ContentHash`.
    public let contentHash: String
  }

  /// The task, its settings and its tokens.
  public let subject: TaskSpec
  /// How the dataset was made: the command's name as `how`, and its parameters (seed, count,
  /// subsample, augment, files with their hashes…).
  public let origin: JSON
  /// The names of the sources; `all__sources.npy` contains indices into them.
  public let sources: [String]
  /// The splits, in the order train, validation, test, others.
  public let splits: [Split]

  /// The task that the puzzles belong to.
  public var task: PluginID { subject.task }

  /// The task's settings, an object.
  public var settings: JSON { subject.settings }

  /// The shape of a question and of an answer.
  public var grid: GridShape { subject.grid }

  /// The manifest's entry for a split.
  public func split(_ name: String) -> Split? { splits.first { $0.name == name } }
}
