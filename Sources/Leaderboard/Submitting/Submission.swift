import Foundation

/// Predictions that are handed in, with their author, but never scores.
public struct Submission: Sendable {
  /// The predictions as JSON lines.
  public enum Source: Sendable {
    /// A file.
    case file(URL)
    /// The bytes of the lines, such as the body of a request.
    case bytes(Data)
  }

  /// The participant that made them.
  public let participant: Participant
  /// The predictions.
  public let source: Source
  /// The content hash of the dataset that was solved, if the submitter states it; it must be that
  /// of the benchmark.
  public let dataHash: String?

  /// A submission; nothing is read before a board accepts it.
  public init(_ participant: Participant, predictions source: Source, dataHash: String? = nil) {
    (self.participant, self.source, self.dataHash) = (participant, source, dataHash)
  }
}
