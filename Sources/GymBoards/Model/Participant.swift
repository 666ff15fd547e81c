import Foundation
import Gym
import GymEvaluation
import GymJSON

/// A participant: an agent's name, configuration and costs.
public struct Participant: Sendable, Hashable {
  /// The agent's display name: any text of 1 to 80 characters without control characters. Code that
  /// shows it must escape it for its context.
  public let agent: String
  /// The agent's configuration, an object.
  public let configuration: JSON
  /// The seed that the agent was trained or run with.
  public let seed: UInt64?
  /// The version of the code, such as a commit or a release.
  public let codeVersion: String?
  /// Whether the agent was given the task's rules, as a solver is; such entries are marked.
  public let usesRules: Bool
  /// Whether the puzzles have demonstrations that the agent did not use; such entries are marked.
  public let ignoresDemonstrations: Bool
  /// Its costs.
  public let usage: UsageReport
  /// Its training curve; nil if unknown.
  public let curve: LearningCurve?
  /// Its accuracy with several amounts of thinking; nil if nobody measured it.
  public let scaling: ScalingCurve?
  /// The findings of a probe inside it; nil if nobody looked.
  public let probe: ProbeFindings?
  /// The commands that train and ask it again, in one line; nil if unknown.
  public let command: String?
  /// The processor that it was trained and asked on; nil if unknown.
  public let machine: String?
  /// The last time at which `scaling` or `probe` was attached to its entry, to the second; nil if
  /// nothing was attached since it was submitted.
  public let attached: Date?

  /// A participant.
  ///
  /// - Throws: a `GymError` if a text or number is not fit for display.
  public init(
    agent: String, configuration: JSON = [:], seed: UInt64? = nil, codeVersion: String? = nil,
    usesRules: Bool = false, ignoresDemonstrations: Bool = false,
    usage: UsageReport = UsageReport(), curve: LearningCurve? = nil,
    scaling: ScalingCurve? = nil, probe: ProbeFindings? = nil, command: String? = nil,
    machine: String? = nil, attached: Date? = nil
  ) throws {
    try PlainText.check(agent, what: "the agent's name", limit: 80)
    if let codeVersion { try PlainText.check(codeVersion, what: "the code's version", limit: 120) }
    if let command { try PlainText.check(command, what: "the command", limit: 4000) }
    if let machine { try PlainText.check(machine, what: "the processor", limit: 120) }
    guard configuration.object != nil else {
      throw GymError("the configuration is \(configuration.kind)", expected: "an object")
    }
    guard try ContentID.canonicalText(of: configuration).utf8.count <= 64 << 10 else {
      throw GymError("the configuration is too long", expected: "at most 64 KiB")
    }
    try usage.check()
    (self.agent, self.configuration, self.seed) = (agent, configuration, seed)
    (self.codeVersion, self.usesRules) = (codeVersion, usesRules)
    self.ignoresDemonstrations = ignoresDemonstrations
    (self.usage, self.curve, self.scaling, self.probe) = (usage, curve, scaling, probe)
    (self.command, self.machine, self.attached) = (command, machine, attached)
  }
}

extension Participant {
  /// How an agent comes by its answers, which decides whom it can be compared with.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// It learned from examples, or nothing else is known of it.
    case learner
    /// It was given the task's rules, as a solver is.
    case rules
    /// It was trained, and counts no operation of learning or solving: it counts or guesses.
    case guesser

    /// Whether it stands beside the others as a line to compare them with, not as one of them.
    public var isReference: Bool { self != .learner }
  }

  /// The kind of the agent, by the rules that it was given and the costs that were counted.
  public var kind: Kind {
    if usesRules { return .rules }
    return usage.trainingFlops == 0 && (usage.flops ?? 0) == 0 ? .guesser : .learner
  }
}

extension Participant {
  private static let names = [
    "agent", "configuration", "seed", "code-version", "uses-rules",
    "without-demonstrations", "ledger", "curve", "scaling", "probe", "command", "machine",
    "attached",
  ]
  /// The times in seconds since 1970 that can be those of an attachment.
  private static let times = 1...1 << 40

  /// The participant as JSON, without unknown values.
  public var json: JSON {
    let members: [(String, JSON?)] = [
      ("agent", .string(agent)), ("configuration", configuration),
      ("seed", seed.map { JSON($0) }), ("code-version", codeVersion.map { .string($0) }),
      ("uses-rules", usesRules ? .some(.bool(true)) : .none),
      ("without-demonstrations", ignoresDemonstrations ? .some(.bool(true)) : .none),
      ("ledger", usage.json), ("curve", curve?.json),
      ("scaling", scaling?.json), ("probe", probe?.json), ("command", command.map { .string($0) }),
      ("machine", machine.map { .string($0) }),
      ("attached", attached.map { JSON(Int($0.timeIntervalSince1970)) }),
    ]
    return .object(JSONObject(members.compactMap { name, value in value.map { (name, $0) } }))
  }

  /// Reads what `json` wrote.
  ///
  /// - Throws: a `GymError` for a member that is missing, unknown or not fit for display.
  public init(_ json: JSON) throws {
    let fields = try JSONFields(json, only: Self.names, what: "the participant")
    try self.init(
      agent: fields.string("agent"),
      configuration: fields["configuration"] ?? [:],
      seed: fields.has("seed") ? fields.unsigned("seed") : nil,
      codeVersion: fields.string(ifPresent: "code-version"),
      usesRules: fields.flag("uses-rules"),
      ignoresDemonstrations: fields.flag("without-demonstrations"),
      usage: fields["ledger"].map(UsageReport.init) ?? UsageReport(),
      curve: fields["curve"].map(LearningCurve.init),
      scaling: fields["scaling"].map { try ScalingCurve($0) },
      probe: fields["probe"].map { try ProbeFindings($0) },
      command: fields.string(ifPresent: "command"), machine: fields.string(ifPresent: "machine"),
      attached: fields.integer(ifPresent: "attached", in: Self.times)
        .map { Date(timeIntervalSince1970: Double($0)) })
  }

  /// The configuration's canonical text: equal for equal configurations.
  var configurationText: String {
    // The configuration was checked to have a text.
    (try? ContentID.canonicalText(of: configuration)) ?? ""
  }

  /// The same participant, with its costs marked as claimed, and nothing attached: what a submitter
  /// says of it.
  public func claimed() throws -> Participant {
    try copy(usage: usage.asClaimed, attached: nil)
  }

  /// The same participant with further measurements, in place of earlier ones; nil leaves those.
  public func measured(scaling: ScalingCurve?, probe: ProbeFindings?) throws -> Participant {
    // Every version of a participant is later than the one before, whatever the clock says.
    let now = Date().timeIntervalSince1970.rounded(.down)
    let next = attached.map { $0.timeIntervalSince1970 + 1 } ?? 0
    let latest = Double(Self.times.upperBound)
    return try copy(
      usage: usage, scaling: scaling, probe: probe,
      attached: Date(timeIntervalSince1970: min(max(now, next), latest)))
  }

  /// The version of a participant that a board keeps, of its own and one that arrives of the same
  /// entry: the one to which something was attached last. If nothing tells that, as in versions of
  /// older programs, the arriving one, with what only the board has.
  ///
  /// - Returns: nil if the board's own is the later one.
  package func updated(by other: Participant) throws -> Participant? {
    let (own, others) = (attached ?? .distantPast, other.attached ?? .distantPast)
    guard own <= others else { return nil }
    guard own == others else { return other }
    return try other.copy(
      usage: other.usage, scaling: other.scaling ?? scaling, probe: other.probe ?? probe,
      attached: other.attached)
  }

  private func copy(
    usage: UsageReport, scaling: ScalingCurve? = nil, probe: ProbeFindings? = nil,
    attached: Date?
  ) throws -> Participant {
    try Participant(
      agent: agent, configuration: configuration, seed: seed, codeVersion: codeVersion,
      usesRules: usesRules, ignoresDemonstrations: ignoresDemonstrations, usage: usage,
      curve: curve, scaling: scaling ?? self.scaling, probe: probe ?? self.probe,
      command: command, machine: machine, attached: attached)
  }
}
