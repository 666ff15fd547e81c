import Gym
import JSON

/// Reads answers in the forms that agents use: a text with one character per cell, with blanks or
/// line breaks between cells or rows, or lists of rows and cells. Ambiguous answers are rejected.
struct AnswerForms: Sendable {
  /// Converts texts with one character per cell.
  let texts: TokenTexts
  private let task: any Task

  init(_ task: any Task) {
    self.task = task
    texts = TokenTexts(task)
  }

  /// The tokens of an answer.
  ///
  /// - Throws: a `GymError` without a location that says why it cannot be read.
  func tokens(_ answer: JSON) throws -> [UInt8] {
    let found =
      if let text = answer.string { tokens(text) } else { answer.array.flatMap(tokens) }
    if let found { return found }
    let what =
      answer.string.map { text in
        "the answer has \(text.prefix(4 * texts.cells).count) characters"
      } ?? "the answer is \(answer.array.map { "a list of \($0.count)" } ?? answer.kind)"
    throw GymError(
      what,
      expected: "\(texts.cells) characters, one per cell, or \(task.grid.rows) rows of "
        + "\(task.grid.columns)")
  }

  private func tokens(_ text: String) -> [UInt8]? {
    if let tokens = texts.tokens(text) { return tokens }
    // A valid text is no longer than this, even with several characters between cells.
    guard text.utf8.count <= 16 * texts.cells + 64 else { return nil }
    return joined(text).flatMap(texts.tokens)
  }

  private func tokens(_ list: [JSON]) -> [UInt8]? {
    let grid = task.grid
    let cells = list.compactMap(Self.cell)
    if list.count == texts.cells, cells.count == list.count { return texts.tokens(String(cells)) }
    let rows = list.compactMap { row -> String? in
      if let text = row.string { return joined(text) }
      guard let array = row.array else { return nil }
      let cells = array.compactMap(Self.cell)
      return cells.count == array.count ? String(cells) : nil
    }
    guard rows.count == list.count else { return nil }
    if rows.count == grid.rows, rows.allSatisfy({ $0.count == grid.columns }) {
      return texts.tokens(rows.joined())
    }
    return task.answer(ofRows: rows)
  }

  /// A text without the separators between its cells, which no cell contains; nil if its parts
  /// differ in length, so that the cells are ambiguous.
  private func joined(_ text: String) -> String? {
    let parts = text.split { character in
      task.vocabulary.token(of: character) == nil
        && (character.isWhitespace || ",;|[]\"'".contains(character))
    }
    guard let length = parts.first?.count, parts.allSatisfy({ $0.count == length }) else {
      return nil
    }
    return parts.joined()
  }

  /// The character of a single cell.
  private static func cell(_ json: JSON) -> Character? {
    if let text = json.string { return text.count == 1 ? text.first : nil }
    guard case .integer(let number) = json, (0...9).contains(number) else { return nil }
    return Character("\(number)")
  }
}
