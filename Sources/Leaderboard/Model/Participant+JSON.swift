import Gym
import GymEvaluation
import JSON

extension Participant {
  private static let names = [
    "agent", "configuration", "seed", "code-version", "uses-rules",
    "without-demonstrations", "ledger", "curve", "scaling", "probe", "command", "machine",
  ]

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
      command: fields.string(ifPresent: "command"), machine: fields.string(ifPresent: "machine"))
  }

  /// The configuration's canonical text: equal for equal configurations.
  var configurationText: String {
    // The configuration was checked to have a text.
    (try? ContentID.canonicalText(of: configuration)) ?? ""
  }

  /// The same participant, with its costs marked as claimed.
  public func claimed() throws -> Participant { try copy(usage: usage.asClaimed) }

  /// The same participant with further measurements, in place of earlier ones; nil leaves those.
  public func measured(scaling: ScalingCurve?, probe: ProbeFindings?) throws -> Participant {
    try copy(usage: usage, scaling: scaling, probe: probe)
  }

  private func copy(
    usage: UsageReport, scaling: ScalingCurve? = nil, probe: ProbeFindings? = nil
  ) throws -> Participant {
    try Participant(
      agent: agent, configuration: configuration, seed: seed, codeVersion: codeVersion,
      usesRules: usesRules, ignoresDemonstrations: ignoresDemonstrations, usage: usage,
      curve: curve, scaling: scaling ?? self.scaling, probe: probe ?? self.probe,
      command: command, machine: machine)
  }
}
