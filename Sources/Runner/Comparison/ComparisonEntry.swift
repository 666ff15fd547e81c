/// One thing that a comparison does: a contestant under a seed, or as it is.
public struct ComparisonEntry: Sendable, Hashable {
  /// The contestant's label.
  public let label: String
  /// The seed that it learns under; nil if it does not learn.
  public let seed: UInt64?
  /// Its place among all entries, from 1.
  public let number: Int
  /// The number of all entries.
  public let count: Int

  /// The name of its folder.
  public var name: String { seed.map { "\(label)-\($0)" } ?? label }
}
