import Foundation

extension Comparison {
  /// What an entry came to, once it is done.
  public func result(of entry: ComparisonEntry) -> ComparisonResult? { results[entry.name] }

  /// The answers of an entry that is done, JSON lines.
  public func predictionsFile(of entry: ComparisonEntry) -> URL {
    runFolder(of: entry).appendingPathComponent(Self.predictionsName)
  }

  static let predictionsName = "predictions.jsonl"
}
