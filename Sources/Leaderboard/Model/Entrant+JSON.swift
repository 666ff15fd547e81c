import Gym
import JSON

extension Entrant {
  private static let names = [
    "agent", "configuration", "seed", "code-version", "uses-rules",
    "without-demonstrations", "ledger", "curve", "scaling", "command", "machine",
  ]

  /// The entrant as JSON, without unknown values.
  public var json: JSON {
    let members: [(String, JSON?)] = [
      ("agent", .string(agent)), ("configuration", configuration),
      ("seed", seed.map(JSON.init(seed:))), ("code-version", codeVersion.map { .string($0) }),
      ("uses-rules", usesRules ? .some(.bool(true)) : .none),
      ("without-demonstrations", ignoresDemonstrations ? .some(.bool(true)) : .none),
      ("ledger", ledger.json), ("curve", curve?.json),
      ("scaling", scaling?.json), ("command", command.map { .string($0) }),
      ("machine", machine.map { .string($0) }),
    ]
    return .object(JSONObject(members.compactMap { name, value in value.map { (name, $0) } }))
  }

  /// Reads what `json` wrote.
  ///
  /// - Throws: a `GymError` for a member that is missing, unknown or not fit for display.
  public init(_ json: JSON) throws {
    let fields = try Fields(json, only: Self.names, what: "the contestant")
    let seed = try fields["seed"].map { json -> UInt64 in
      try json.unsigned ?? fields.refuse("seed", json, "an integer from 0")
    }
    try self.init(
      agent: fields.required("agent", fields.string("agent")),
      configuration: fields["configuration"] ?? [:], seed: seed,
      codeVersion: fields.string("code-version"),
      usesRules: fields.flag("uses-rules"),
      ignoresDemonstrations: fields.flag("without-demonstrations"),
      ledger: fields["ledger"].map(EntryLedger.init) ?? EntryLedger(),
      curve: fields["curve"].map(TrainingCurve.init),
      scaling: fields["scaling"].map { try ScalingCurve($0) }, command: fields.string("command"),
      machine: fields.string("machine"))
  }

  /// The configuration's canonical text: equal for equal configurations.
  var configurationText: String {
    // The configuration was checked to have a text.
    (try? ContentID.canonicalText(of: configuration)) ?? ""
  }

  /// The same entrant, with its costs marked as claimed.
  public func claimed() throws -> Entrant {
    try Entrant(
      agent: agent, configuration: configuration, seed: seed, codeVersion: codeVersion,
      usesRules: usesRules, ignoresDemonstrations: ignoresDemonstrations,
      ledger: ledger.asClaimed, curve: curve, scaling: scaling, command: command,
      machine: machine)
  }
}

extension Fields {
  /// A Boolean; false if it is missing.
  fileprivate func flag(_ name: String) throws -> Bool {
    guard let json = self[name] else { return false }
    return try json.bool ?? refuse(name, json, "true or false")
  }
}
