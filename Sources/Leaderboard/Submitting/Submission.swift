import Foundation

/// Predictions that somebody hands in, and who made them: never scores.
public struct Submission: Sendable {
  /// The predictions as JSON lines.
  public enum Source: Sendable {
    case file(URL)
    /// The bytes of the lines, such as the body of a request.
    case bytes(Data)
  }

  public let contestant: Contestant
  public let source: Source
  /// The content hash of the dataset that was solved, where the submitter states it: it has to be
  /// the benchmark's.
  public let dataHash: String?

  public init(
    _ contestant: Contestant, predictions source: Source, dataHash: String? = nil
  ) {
    (self.contestant, self.source, self.dataHash) = (contestant, source, dataHash)
  }
}
