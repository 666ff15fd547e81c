import Foundation
import GymJSON

/// The members of an object that describes a puzzle, by what they hold.
struct PuzzleMembers {
  private let members: JSONObject
  private let places: [PuzzleColumns.Role: Int]

  /// - Throws: a `GymError` without a location if the value is not an object, or has no question.
  init(_ json: JSON, _ columns: PuzzleColumns) throws {
    guard let members = json.object else {
      throw GymError(
        "the line is \(json.kind)",
        expected: "an object with question, and any of answer, rating and source")
    }
    (self.members, places) = (members, try columns.places(in: members.names))
    guard places[.question] != nil else {
      throw PuzzleColumns.missingQuestion(among: members.names)
    }
  }

  /// The name that an object gives to its puzzle, empty if that is null; nil if it says nothing, or
  /// is damaged.
  static func puzzleName(in json: JSON, _ columns: PuzzleColumns) -> String? {
    guard let members = json.object, let places = try? columns.places(in: members.names),
      let value = places[.puzzle].map({ members[$0].value })
    else { return nil }
    return value.isNull ? "" : value.string
  }

  /// A member's value; null if there is none.
  subscript(_ role: PuzzleColumns.Role) -> JSON { places[role].map { members[$0].value } ?? .null }

  /// A member's name in the file.
  func name(_ role: PuzzleColumns.Role) -> String? { places[role].map { members[$0].name } }

  /// A member that is a string; nil if there is none.
  func text(_ role: PuzzleColumns.Role) throws -> String? {
    let value = self[role]
    guard value.isNull || value.string != nil else {
      throw GymError("\(role.rawValue) is \(value.kind)", expected: "a string")
    }
    return value.string
  }

  /// A member that is true or false; false if there is none.
  func isTrue(_ role: PuzzleColumns.Role) throws -> Bool {
    let value = self[role]
    guard value.isNull || value.bool != nil else {
      throw GymError("\(role.rawValue) is \(value.kind)", expected: "true or false")
    }
    return value.bool ?? false
  }

  /// The characters of cells: a string, or an array of numbers or strings, maybe in rows. Empty if
  /// there is none.
  ///
  /// - Parameter hasNumbers: whether numbers may have two digits, and null is a blank.
  func cells(_ role: PuzzleColumns.Role, hasNumbers: Bool) throws -> String {
    let value = self[role]
    guard value.array != nil else {
      guard value.isNull || value.string != nil else {
        throw GymError(
          "\(role.rawValue) is \(value.kind)", expected: "a string, or an array of digits")
      }
      return value.string ?? ""
    }
    let numbers = hasNumbers ? NumberedCells.numbers : 0...9
    var parts: [String] = []
    func add(_ value: JSON, depth: Int) throws {
      switch value {
      case .array(let values) where depth < 2:
        for value in values { try add(value, depth: depth + 1) }
      case .integer(let number) where numbers.contains(number): parts.append("\(number)")
      case .string(let part): parts.append(part)
      case .null where hasNumbers: parts.append(".")
      default:
        throw GymError(
          "\(role.rawValue) holds \(value.integer.map { "\($0)" } ?? value.kind)",
          expected: "numbers from 0 to \(numbers.upperBound), or strings of characters")
      }
    }
    try add(value, depth: 0)
    return parts.joined(separator: hasNumbers ? " " : "")
  }
}

extension Task {
  /// Reads a file with an object on every line, or with an array of such: question, and if known
  /// answer, rating, source, and the name of the puzzle to which it belongs, maybe as a
  /// demonstration.
  func readJSONLines(_ source: PuzzleSource, _ body: (Puzzle) throws -> Void) throws {
    var objects = try PuzzleObjects(source)
    let reader = TokenReader(self, file: source.url)
    var gatherer = PuzzleGatherer()
    while let item = try objects.next() {
      func puzzleName() -> String? { PuzzleMembers.puzzleName(in: item.json, source.columns) }
      func read() throws -> (example: Example, name: String, isDemonstration: Bool) {
        try GymError.located(PuzzleGatherer.place(item.place, of: puzzleName() ?? "")) {
          let members = try PuzzleMembers(item.json, source.columns)
          return (
            try example(members, reader), try members.text(.puzzle) ?? "",
            try members.isTrue(.demonstration)
          )
        }
      }
      // Of a puzzle of several objects, no single one is left out: it must be known whose it is.
      let isKnown = gatherer.isEmpty || puzzleName() != nil
      guard let found = try isKnown ? source.log.valid(read) : read() else {
        if let name = puzzleName() { try gatherer.leaveOut(name, body) }
        continue
      }
      try gatherer.add(
        found.example, name: found.name, isDemonstration: found.isDemonstration, line: item.number,
        at: item.place, body)
    }
    try gatherer.finish(body)
  }

  private func example(_ members: PuzzleMembers, _ reader: TokenReader) throws -> Example {
    func cells(_ role: PuzzleColumns.Role) throws -> ArraySlice<UInt8> {
      ArraySlice(try members.cells(role, hasNumbers: reader.hasNumbers).utf8)
    }
    let tokens = try reader.pair(cells(.question), cells(.answer))
    let rating = members[.rating]
    // As in tables, a number may be a text, and a difficulty may be a word, which is no rating.
    let number = rating.number ?? rating.string.flatMap { Double($0) }
    let isWord =
      number == nil && rating.string != nil
      && members.name(.rating)?.lowercased() == "difficulty"
    return Example(
      question: tokens.question, answer: tokens.answer,
      rating: rating.isNull || isWord
        ? nil : try checkedRating(number, text: rating.description),
      source: try members.text(.source) ?? "")
  }
}
