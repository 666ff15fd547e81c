import Gym
import GymJSON

/// Reads answers in the forms that agents use: a text with one character per cell, in any of the
/// task's alphabets, with blanks or line breaks between cells or rows; numbers; or lists of rows
/// and cells. Ambiguous answers are rejected.
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
    if let tokens = plainTokens(text) { return tokens }
    // A valid text is no longer than this, even with several characters between cells.
    guard text.utf8.count <= 16 * texts.cells + 64 else { return nil }
    return joined(text).flatMap(plainTokens)
  }

  /// The tokens of one character per cell: the vocabulary's, or else those of the one alphabet that
  /// has them all.
  private func plainTokens(_ text: String) -> [UInt8]? {
    guard let tokens = texts.tokens(text), !task.alphabets.isEmpty,
      tokens.contains(where: { Int($0) >= task.vocabulary.count })
    else { return texts.tokens(text) }
    let readings = Set(task.alphabets.compactMap { $0.tokens(ofSymbols: text) })
    return readings.count == 1 ? readings.first : tokens
  }

  private func tokens(_ list: [JSON]) -> [UInt8]? {
    let grid = task.grid
    let cells = list.compactMap(cell)
    if list.count == texts.cells, cells.count == list.count { return plainTokens(String(cells)) }
    let rows = list.compactMap { row -> String? in
      if let text = row.string { return joined(text) }
      guard let array = row.array else { return nil }
      let cells = array.compactMap(cell)
      return cells.count == array.count ? String(cells) : nil
    }
    guard rows.count == list.count else { return nil }
    if rows.count == grid.rows, rows.allSatisfy({ $0.count == grid.columns }) {
      return plainTokens(rows.joined())
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
    let cells = parts.compactMap { cell(String($0)) }
    if parts.count == texts.cells || parts.count == task.grid.columns, cells.count == parts.count {
      return String(cells)
    }
    guard let length = parts.first?.count, parts.allSatisfy({ $0.count == length }) else {
      return nil
    }
    return parts.joined()
  }

  /// The character of a single cell.
  private func cell(_ json: JSON) -> Character? {
    if let text = json.string { return cell(text) }
    guard case .integer(let number) = json, number >= 0 else { return nil }
    return cell("\(number)")
  }

  /// The character of a cell that may be a number of two digits, with A for 10.
  private func cell(_ text: String) -> Character? {
    if text.count == 1 { return text.first }
    guard text.count == 2, text.first != "+", let number = Int(text), (0...25).contains(number),
      let character = String(number, radix: 36, uppercase: true).first,
      task.vocabulary.token(of: character) != nil
    else { return nil }
    return character
  }
}

/// Turns answers' texts into tokens and back; fast if the task's characters are ASCII.
///
/// A character without a token becomes the token after the last, `vocabulary.count`, which no task
/// accepts in an answer and which is written as "?".
struct TokenTexts: Sendable {
  /// The number of cells.
  let cells: Int
  private let vocabulary: Vocabulary
  /// The token of each byte; nil if some token's character is not ASCII.
  private let table: [UInt8]?

  init(_ task: any Task) {
    cells = task.grid.cells
    vocabulary = task.vocabulary
    let foreign = UInt8(clamping: vocabulary.count)
    var table = [UInt8](repeating: foreign, count: 256)
    var isASCII = true
    for (token, character) in vocabulary.characters.enumerated() {
      if let code = character.asciiValue { table[Int(code)] = UInt8(token) }
      isASCII = isASCII && character.isASCII
    }
    self.table = isASCII ? table : nil
  }

  /// The tokens of a text; nil if it does not have one character per cell.
  func tokens(_ text: String) -> [UInt8]? {
    if let table, text.utf8.count == cells {
      let tokens = text.utf8.map { table[Int($0)] }
      return text.utf8.allSatisfy({ $0 < 128 }) ? tokens : slow(text)
    }
    return slow(text)
  }

  /// The text of tokens.
  func text(_ tokens: [UInt8]) -> String { vocabulary.text(tokens) }

  private func slow(_ text: String) -> [UInt8]? {
    let tokens = text.prefix(cells + 1).map {
      vocabulary.token(of: $0) ?? UInt8(clamping: vocabulary.count)
    }
    return tokens.count == cells ? tokens : nil
  }
}
