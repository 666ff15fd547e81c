import Gym

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
