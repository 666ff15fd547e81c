import GymEvaluation

/// The costs of an entry's answers and of its training, over all puzzles of the benchmark together.
/// Unknown values are nil.
public struct UsageReport: Sendable, Hashable {
  /// The source of the numbers.
  public enum Provenance: String, Sendable, Hashable, CaseIterable {
    /// Measured by the gym's own runner.
    case measured
    /// Claimed by the submitter, unchecked.
    case claimed
  }

  /// The source of the following numbers.
  public var provenance: Provenance
  /// The number of the agent's trainable parameters.
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

  /// A usage report without known values.
  public init(_ provenance: Provenance = .claimed) {
    self.provenance = provenance
  }

  /// The costs that the runner measured.
  public init(_ measured: AgentUsage) {
    self.init(.measured)
    parameters = measured.parameters
    flops = measured.solving.cost.flops
    seconds = measured.solving.seconds
    passes = measured.solving.cost.passes
    tokens = measured.solving.cost.tokens
    trainingFlops = measured.training?.cost.flops
    trainingSeconds = measured.training?.seconds
  }
}
