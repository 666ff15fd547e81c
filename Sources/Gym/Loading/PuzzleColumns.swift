import Foundation

/// Which column of a table, or which member of its objects, holds what.
///
/// Tables of other programs have other names than the gym's: those of widely used ones are known,
/// and any other can be stated.
public struct PuzzleColumns: Sendable, Hashable {
  /// A column's contents.
  enum Role: String, CaseIterable, Sendable {
    case question, answer, rating, source, puzzle, demonstration

    /// The names that are known for it, the gym's own first, in lower case.
    fileprivate var names: [String] {
      switch self {
      case .question:
        [
          "question", "quizzes", "quiz", "puzzle", "puzzles", "unsolved", "board", "maze",
          "problem", "input",
        ]
      case .answer: ["answer", "solution", "solutions", "solved", "label", "output"]
      case .rating: ["rating", "difficulty"]
      case .source, .puzzle, .demonstration: [rawValue]
      }
    }
  }

  /// The names that were stated.
  private var stated: [Role: String] = [:]

  /// The names that are known.
  public init() {}

  /// Names as the user states them, such as `question=puzzle,answer=solution`.
  ///
  /// - Throws: a `GymError` that says what is wrong with them.
  public init(_ text: String) throws {
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      guard sides.count == 2, let role = Role(rawValue: sides[0]), !sides[1].isEmpty,
        stated[role] == nil
      else {
        throw GymError(
          "\"\(part)\" names no column", at: "columns",
          expected: Role.allCases.map(\.rawValue).joined(separator: ", ")
            + ", each once at most, as in question=puzzle,answer=solution")
      }
      stated[role] = sides[1]
    }
  }

  /// The place of each role's column among names; those that are not there are left out.
  ///
  /// - Throws: a `GymError` without a location if one that was stated is not there, or one stands
  ///   twice.
  func places(in names: [String]) throws -> [Role: Int] {
    let lower = names.map { $0.lowercased() }
    var places: [Role: Int] = [:]
    func take(_ name: String, for role: Role) throws {
      let found = names.indices.filter { names[$0] == name }
      let alike = found.isEmpty ? lower.indices.filter { lower[$0] == name.lowercased() } : found
      guard let place = alike.first, !places.values.contains(place) else { return }
      guard alike.count == 1 else {
        throw GymError(
          "the column \"\(name)\" stands twice", expected: "each column once",
          remedy: "Rename one, or name another by --columns \(role.rawValue)=NAME.")
      }
      places[role] = place
    }
    for role in Role.allCases {
      guard let name = stated[role] else { continue }
      try take(name, for: role)
      guard places[role] != nil else {
        throw GymError(
          "there is no column \"\(name)\" for the \(role.rawValue)",
          expected: "one of \(Self.list(names))")
      }
    }
    for role in Role.allCases {
      for name in role.names where places[role] == nil { try take(name, for: role) }
    }
    return places
  }

  /// Whether names have a column for the question.
  func hasQuestion(in names: [String]) -> Bool {
    (try? places(in: names))?[.question] != nil
  }

  /// The refusal of names that have no column for the question.
  static func missingQuestion(among names: [String]) -> GymError {
    let first = names.first { !$0.isEmpty } ?? "NAME"
    return GymError(
      "no column is known as the question's: there are \(list(names))",
      expected: "question, or one of "
        + Role.question.names.dropFirst().joined(separator: ", ")
        + "; and any of answer, solution, rating, source",
      remedy: "Name them by --columns, such as --columns question=\(shortened(first)).")
  }

  /// Names as messages list them.
  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(12).map { "\"\(shortened($0))\"" }.joined(separator: ", ")
    return names.isEmpty ? "none" : names.count > 12 ? shown + " and others" : shown
  }

  private static func shortened(_ text: String) -> String {
    text.count > 24 ? "\(text.prefix(24))…" : text
  }
}
