import Gym
import JSON

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
    guard let rows = reply["rows"]?.integer, let columns = reply["columns"]?.integer,
      (1...65_536).contains(rows), columns > 0, columns <= 65_536 / rows
    else {
      throw GymError(
        "the process gives no grid", expected: "rows and columns with at most 65536 cells")
    }
    grid = GridShape(rows: rows, columns: columns)
    let rules = reply["rules"] ?? .null
    guard rules.isNull || (1...2000).contains(rules.string?.count ?? 0) else {
      throw GymError(
        "the process gives the rules \(Excerpt.of(rules.description, limit: 60))",
        expected: "a text of at most 2000 characters, or nothing")
    }
    self.rules = rules.string.map { Excerpt.of($0, limit: 2000) }
    legend = try [LegendEntry](declaredAs: reply["legend"])
    guard let levels = (reply["levels"] ?? []).array, levels.count <= 64 else {
      throw GymError("the process gives levels that are no list", expected: "a list, or nothing")
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
  }
}
