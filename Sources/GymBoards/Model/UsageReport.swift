import Gym
import GymEvaluation
import GymJSON

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

extension UsageReport {
  /// The costs of a process: seconds and calls as the runner measured them, the rest as it claims;
  /// what it does not tell is not known.
  public init(ofProcess usage: AgentUsage) {
    self.init(usage)
    provenance = .claimed
    if parameters == 0 { parameters = nil }
    if tokens == 0 { tokens = nil }
    if flops == 0 { flops = nil }
    if trainingFlops == 0 { trainingFlops = nil }
  }
}

extension UsageReport {
  private static let names = [
    "provenance", "parameters", "flops", "seconds", "passes", "tokens", "training-flops",
    "training-seconds",
  ]

  /// The usage report as JSON, without unknown values.
  public var json: JSON {
    let members: [(String, JSON?)] = [
      ("provenance", .string(provenance.rawValue)),
      ("parameters", parameters.map { JSON($0) }), ("flops", flops.map { .number($0) }),
      ("seconds", seconds.map { .number($0) }), ("passes", passes.map { JSON($0) }),
      ("tokens", tokens.map { JSON($0) }),
      ("training-flops", trainingFlops.map { .number($0) }),
      ("training-seconds", trainingSeconds.map { .number($0) }),
    ]
    return .object(JSONObject(members.compactMap { name, value in value.map { (name, $0) } }))
  }

  /// Reads what `json` wrote.
  ///
  /// - Throws: a `GymError` for a cost that is negative, too large, or unknown.
  public init(_ json: JSON) throws {
    let fields = try JSONFields(json, only: Self.names, what: "the usage report")
    let text = try fields.string(ifPresent: "provenance") ?? Provenance.claimed.rawValue
    guard let provenance = Provenance(rawValue: text) else {
      throw GymError(
        "\"provenance\" is \(JSON.string(String(text.prefix(40))))",
        expected: "measured or claimed")
    }
    self.init(provenance)
    parameters = try fields.integer(ifPresent: "parameters")
    flops = try fields.number(ifPresent: "flops")
    seconds = try fields.number(ifPresent: "seconds")
    passes = try fields.integer(ifPresent: "passes")
    tokens = try fields.integer(ifPresent: "tokens")
    trainingFlops = try fields.number(ifPresent: "training-flops")
    trainingSeconds = try fields.number(ifPresent: "training-seconds")
  }

  /// Checks that every cost is valid.
  func check() throws {
    for cost in [flops, seconds, trainingFlops, trainingSeconds] {
      if let cost, !(0...1e30).contains(cost) {
        throw GymError("the usage report holds the cost \(cost)", expected: "a number in 0...1e30")
      }
    }
    for count in [parameters, passes, tokens] {
      if let count, !(0...1 << 53).contains(count) {
        throw GymError("the usage report holds the count \(count)", expected: "0...2⁵³")
      }
    }
  }

  /// The same costs, marked as claimed.
  public var asClaimed: UsageReport {
    var copy = self
    copy.provenance = .claimed
    return copy
  }
}
