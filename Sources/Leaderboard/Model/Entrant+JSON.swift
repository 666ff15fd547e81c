import Gym
import JSON

extension Entrant {
  private static let names = [
    "agent", "configuration", "seed", "code-version", "uses-rules",
    "without-demonstrations", "ledger", "curve",
  ]

  /// Everything as JSON; what is not known is left out.
  public var json: JSON {
    let members: [(String, JSON?)] = [
      ("agent", .string(agent)), ("configuration", configuration),
      ("seed", seed.map(JSON.init(seed:))), ("code-version", codeVersion.map { .string($0) }),
      ("uses-rules", usesRules ? .some(.bool(true)) : .none),
      ("without-demonstrations", ignoresDemonstrations ? .some(.bool(true)) : .none),
      ("ledger", ledger.json), ("curve", curve?.json),
    ]
    return .object(JSONObject(members.compactMap { name, value in value.map { (name, $0) } }))
  }

  /// Reads what `json` wrote.
  ///
  /// - Throws: a `GymError` for a member that is missing, unknown or not fit to be shown.
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
      curve: fields["curve"].map(TrainingCurve.init))
  }

  /// The configuration's canonical text: equal for equal configurations.
  var configurationText: String {
    // The configuration was checked to have one.
    (try? ContentID.canonicalText(of: configuration)) ?? ""
  }

  /// The same entrant, its costs as its own claim.
  public func claimed() throws -> Entrant {
    try Entrant(
      agent: agent, configuration: configuration, seed: seed, codeVersion: codeVersion,
      usesRules: usesRules, ignoresDemonstrations: ignoresDemonstrations,
      ledger: ledger.asClaimed, curve: curve)
  }
}

extension Fields {
  /// Whether something holds; if that is not said, it does not.
  fileprivate func flag(_ name: String) throws -> Bool {
    guard let json = self[name] else { return false }
    return try json.bool ?? refuse(name, json, "true or false")
  }
}
