/// One unit of work of a comparison: a participant under a seed, or one that does not learn.
public struct ComparisonRun: Sendable, Hashable {
  /// The participant's label.
  public let label: String
  /// The seed that it learns under; nil if it does not learn.
  public let seed: UInt64?
  /// Its number among all entries, from 1.
  public let number: Int
  /// The number of all entries.
  public let count: Int

  /// The name of its folder.
  public var name: String { seed.map { "\(label)-\($0)" } ?? label }
}
