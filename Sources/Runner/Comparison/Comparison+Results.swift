import Foundation

extension Comparison {
  /// The result of an entry, once it is done.
  public func result(of entry: ComparisonEntry) -> ComparisonResult? { results[entry.name] }

  /// The answers of a finished entry, as JSON lines.
  public func predictionsFile(of entry: ComparisonEntry) -> URL {
    runFolder(of: entry).appendingPathComponent(Self.predictionsName)
  }

  static let predictionsName = "predictions.jsonl"
}
