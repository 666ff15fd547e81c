import Gym
import JSON

/// What a dataset is made of and how, as its `manifest.json` says.
public struct DatasetManifest: Sendable, Hashable {
  /// What the manifest says of one split.
  public struct Split: Sendable, Hashable {
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
    /// What the task counts of the groups' first examples; see `Task.counts`.
    public let counts: CountHistograms
    /// The SHA-256 of the arrays' values; see `ContentHash`.
    public let contentHash: String
  }

  /// The task, its settings and its tokens.
  public let subject: DatasetSubject
  /// How the dataset came to be: the command's name under `how`, and its parameters (seed, count,
  /// subsample, augment, files with their hashes…).
  public let origin: JSON
  /// The names that `all__sources.npy` counts.
  public let sources: [String]
  /// The splits, in the order train, validation, test, others.
  public let splits: [Split]

  /// The task that the puzzles belong to.
  public var task: PluginID { subject.task }

  /// The task's settings, an object.
  public var settings: JSON { subject.settings }

  /// The shape of a question and of an answer.
  public var grid: GridShape { subject.grid }

  /// What the manifest says of a split.
  public func split(_ name: String) -> Split? { splits.first { $0.name == name } }
}
