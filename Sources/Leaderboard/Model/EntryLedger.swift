/// What an entry's answers cost, and its training: over all puzzles of the benchmark together.
/// What is not known is nil.
public struct EntryLedger: Sendable, Hashable {
  /// Who says so.
  public enum Provenance: String, Sendable, Hashable, CaseIterable {
    /// The gym's own runner counted it.
    case measured
    /// The submitter says so; nobody checked.
    case claimed
  }

  /// Who says what follows.
  public var provenance: Provenance
  /// The agent's trainable numbers.
  public var parameters: Int?
  /// Floating-point operations of solving.
  public var flops: Double?
  /// Seconds of solving.
  public var seconds: Double?
  /// Forward passes, or calls of a process.
  public var passes: Int?
  /// Thought tokens written.
  public var tokens: Int?
  /// Floating-point operations of training.
  public var trainingFlops: Double?
  /// Seconds of training.
  public var trainingSeconds: Double?

  /// A ledger in which nothing is known yet.
  public init(_ provenance: Provenance = .claimed) {
    self.provenance = provenance
  }
}
