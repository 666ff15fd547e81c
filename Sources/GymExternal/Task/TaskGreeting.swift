import Gym
import GymJSON

/// A task process's description of itself before it knows its settings.
package struct TaskGreeting: Sendable {
  let id: PluginID
  let summary: String
  let settings: [Setting]
  /// The optional requests that it answers.
  let abilities: Set<String>
  /// The names of its verdicts' findings.
  let findings: [String]
  /// Whether a question may have several right answers.
  let allowsSeveralAnswers: Bool

  /// - Throws: a `GymError` that names the first invalid field.
  package init(_ reply: JSON) throws {
    guard let id = reply["id"]?.string.flatMap({ PluginID($0) }) else {
      throw Self.error("id", reply, "a name and version such as \"gravity@1\"")
    }
    guard let summary = reply["summary"]?.string, !summary.isEmpty, summary.count <= 200 else {
      throw Self.error("summary", reply, "a line of text")
    }
    self.id = id
    self.summary = Excerpt.of(summary, limit: 200)
    abilities = Set(try Self.names("can", reply))
    findings = try Self.names("findings", reply)
    guard let several = (reply.optional("several") ?? false).bool else {
      throw Self.error("several", reply, "true or false")
    }
    allowsSeveralAnswers = several
    guard let declared = (reply.optional("settings") ?? []).array, declared.count <= 64 else {
      throw Self.error("settings", reply, "a list of at most 64 settings")
    }
    settings = try declared.map { try Setting(declaredAs: $0) }
    guard Set(settings.map(\.name)).count == settings.count else {
      throw Self.error("settings", reply, "each name once")
    }
  }

  private static func names(_ field: String, _ reply: JSON) throws -> [String] {
    guard let names = (reply.optional(field) ?? []).texts, names.allSatisfy(Self.isName),
      names.count <= 64, Set(names).count == names.count
    else { throw error(field, reply, "a list of different lower-case names") }
    return names
  }

  /// Whether a text is lower-case words joined by hyphens.
  static func isName(_ text: String) -> Bool {
    text.wholeMatch(of: /[a-z][a-z0-9-]{0,63}/) != nil
  }

  private static func error(_ field: String, _ reply: JSON, _ expected: String) -> GymError {
    GymError(
      "the process greets with \"\(field)\" as "
        + Excerpt.of((reply[field] ?? .null).description, limit: 60), expected: expected)
  }
}

/// A task process's description once it knows its settings: tokens, grid, levels and rules.
package struct TaskShape: Sendable {
  let vocabulary: Vocabulary
  let grid: GridShape
  let levels: [DifficultyLevel]
  /// The rules in words; nil if the process tells none.
  let rules: String?
  let legend: [LegendEntry]

  /// - Throws: a `GymError` that names the first invalid field.
  package init(_ reply: JSON) throws {
    let characters = reply["vocabulary"]?.string ?? ""
    guard (2...255).contains(characters.count), Set(characters).count == characters.count else {
      throw GymError(
        "the process gives the vocabulary \(Excerpt.of(characters))",
        expected: "a text of 2 to 255 different characters, padding first")
    }
    vocabulary = Vocabulary(characters)
    try vocabulary.checkIsPlain()
    try vocabulary.checkIsVisible()
    guard let rows = reply["rows"]?.integer, let columns = reply["columns"]?.integer,
      (1...65_536).contains(rows), columns > 0, columns <= 65_536 / rows
    else {
      throw GymError(
        "the process gives no grid", expected: "rows and columns with at most 65536 cells")
    }
    grid = GridShape(rows: rows, columns: columns)
    let rules = reply.optional("rules")
    if let rules, !(1...2000).contains(rules.string?.count ?? 0) {
      throw GymError(
        "the process gives the rules \(Excerpt.of(rules.description, limit: 60))",
        expected: "a text of at most 2000 characters, or nothing")
    }
    self.rules = rules?.string.map { Excerpt.of($0, limit: 2000) }
    legend = try [LegendEntry](declaredAs: reply["legend"])
    guard let levels = (reply.optional("levels") ?? []).array, levels.count <= 64 else {
      throw GymError("the process gives levels that are not a list", expected: "a list, or nothing")
    }
    self.levels = try levels.map { level in
      guard let name = level["name"]?.string, TaskGreeting.isName(name),
        let least = level["least"]?.number, let most = level["most"]?.number, least <= most
      else {
        throw GymError(
          "the process gives the level \(Excerpt.of(level.description))",
          expected: "a name, least and most")
      }
      return DifficultyLevel(name, rating: least...most)
    }
    guard Set(self.levels.map(\.name)).count == levels.count else {
      throw GymError("the process gives two levels one name", expected: "each name once")
    }
  }
}

extension Setting {
  /// A setting as a task's process declares it, such as
  /// `{"name":"size","summary":"rows","kind":"integer","default":5,"least":2,"most":16}`.
  ///
  /// Kinds: `integer` and `number` with `least` and `most`, `flag`, and `choice` with `names`.
  init(declaredAs json: JSON) throws {
    let wrong = GymError(
      "the process declares the setting \(Excerpt.of(json.description))",
      expected: "name, summary, kind (integer, number, flag or choice), a default within the "
        + "limits, and least and most, or names")
    guard let name = json["name"]?.string, TaskGreeting.isName(name),
      let kind = json["kind"]?.string, let value = json["default"]
    else { throw wrong }
    let summary = Excerpt.of(json["summary"]?.string ?? "", limit: 120)
    switch kind {
    case "integer":
      guard let least = json["least"]?.integer, let most = json["most"]?.integer, least <= most,
        let value = value.integer, (least...most).contains(value)
      else { throw wrong }
      self = .integer(name, summary, default: value, in: least...most).declaration
    case "number":
      guard let least = json["least"]?.number, let most = json["most"]?.number, least <= most,
        let value = value.number, (least...most).contains(value)
      else { throw wrong }
      self = .number(name, summary, default: value, in: least...most).declaration
    case "flag":
      guard let value = value.bool else { throw wrong }
      self = .flag(name, summary, default: value).declaration
    case "choice":
      guard let names = json["names"]?.texts, let value = value.string,
        names.contains(value), names.count <= 64
      else { throw wrong }
      self = .choice(name, summary, default: value, among: names).declaration
    default: throw wrong
    }
  }
}

extension Drawing.Role {
  /// The roles that have a name in the protocol.
  private static let named: [(name: String, role: Drawing.Role)] = [
    ("given", .given), ("answer", .answer), ("wrong", .wrong), ("blank", .blank), ("wall", .wall),
    ("path", .path), ("start", .start), ("goal", .goal), ("outside", .outside),
  ]

  /// The role with a name in the protocol; nil if there is none.
  init?(named name: String) {
    guard let role = Self.named.first(where: { $0.name == name })?.role else { return nil }
    self = role
  }

  /// The name in the protocol; `given` for roles that have none there.
  var name: String { Self.named.first { $0.role == self }?.name ?? "given" }
}
