import Gym
import JSON

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
    guard let several = (reply["several"] ?? false).bool else {
      throw Self.error("several", reply, "true or false")
    }
    allowsSeveralAnswers = several
    guard let declared = (reply["settings"] ?? []).array, declared.count <= 64 else {
      throw Self.error("settings", reply, "a list of at most 64 settings")
    }
    settings = try declared.map { try Setting(declaredAs: $0) }
    guard Set(settings.map(\.name)).count == settings.count else {
      throw Self.error("settings", reply, "each name once")
    }
  }

  private static func names(_ field: String, _ reply: JSON) throws -> [String] {
    let list = (reply[field] ?? []).array
    let names = list?.compactMap(\.string).filter(Self.isName) ?? []
    guard let list, names.count == list.count, list.count <= 64, Set(names).count == names.count
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
