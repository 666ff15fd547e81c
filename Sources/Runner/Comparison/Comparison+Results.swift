import Foundation

extension Comparison {
  /// The result of an entry, once it is done.
  public func result(of entry: ComparisonRun) -> ComparisonResult? { results[entry.name] }

  /// The answers of a finished entry, as JSON lines.
  public func predictionsFile(of entry: ComparisonRun) -> URL {
    runFolder(of: entry).appendingPathComponent(Self.predictionsName)
  }

  static let predictionsName = "predictions.jsonl"
}
