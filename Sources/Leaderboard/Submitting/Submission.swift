import Foundation

/// Predictions that somebody hands in, and who made them: never scores.
public struct Submission: Sendable {
  /// The predictions as JSON lines.
  public enum Source: Sendable {
    /// A file that holds them.
    case file(URL)
    /// The bytes of the lines, such as the body of a request.
    case bytes(Data)
  }

  /// Who made them.
  public let entrant: Entrant
  /// Where they are.
  public let source: Source
  /// The content hash of the dataset that was solved, if the submitter states it: it has to be
  /// the benchmark's.
  public let dataHash: String?

  /// A submission; nothing is read before a board takes it.
  public init(_ entrant: Entrant, predictions source: Source, dataHash: String? = nil) {
    (self.entrant, self.source, self.dataHash) = (entrant, source, dataHash)
  }
}
