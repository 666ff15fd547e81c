import GymRandomness

/// The tokens of a task: small numbers from 0, each with the character that text files use for it.
///
/// Token 0 is always padding: no cell of a question that belongs to the puzzle contains it, and
/// training ignores labels that are 0.
public struct Vocabulary: Sendable, Hashable {
  /// The padding token.
  public static let padding: UInt8 = 0

  /// The character of each token, that of padding first.
  public let characters: [Character]
  private let tokens: [Character: UInt8]
  /// The characters as bytes; nil if one of them is not printable ASCII.
  private let ascii: [UInt8]?
  /// The token of each byte that is a printable ASCII character of the vocabulary; 255 for others.
  private let tokensOfBytes: [UInt8]

  /// - Precondition: 2 to 255 distinct characters.
  public init(_ characters: String) {
    self.characters = Array(characters)
    precondition((2...255).contains(self.characters.count), "a vocabulary has 2 to 255 tokens")
    tokens = Dictionary(
      zip(self.characters, 0...254),
      uniquingKeysWith: { first, _ in
        preconditionFailure("token \(first)'s character stands twice in the vocabulary")
      })
    var (bytes, found) = ([UInt8](), [UInt8](repeating: 255, count: 256))
    for (character, token) in zip(self.characters, UInt8(0)...) {
      guard let byte = character.asciiValue, (0x20...0x7E).contains(byte) else { continue }
      bytes.append(byte)
      found[Int(byte)] = token
    }
    ascii = bytes.count == self.characters.count ? bytes : nil
    tokensOfBytes = found
  }

  /// The number of tokens, padding included.
  public var count: Int { characters.count }

  /// The token of a character, or nil.
  public func token(of character: Character) -> UInt8? { tokens[character] }

  /// Whether a token is in the vocabulary.
  public func contains(_ token: UInt8) -> Bool { Int(token) < characters.count }

  /// A token's character as text; "?" if the token is outside the vocabulary.
  public func text(_ token: UInt8) -> String {
    contains(token) ? String(characters[Int(token)]) : "?"
  }

  /// Tokens as text; tokens outside the vocabulary become "?".
  public func text(_ tokens: [UInt8]) -> String {
    if let ascii {
      return String(unsafeUninitializedCapacity: tokens.count) { buffer in
        for (place, token) in tokens.enumerated() {
          buffer[place] = contains(token) ? ascii[Int(token)] : UInt8(ascii: "?")
        }
        return tokens.count
      }
    }
    return String(tokens.map { contains($0) ? characters[Int($0)] : "?" })
  }

  /// Text as tokens.
  ///
  /// - Throws: a `GymError` that names the first character without a token, by its position from 1.
  public func tokens(_ text: some StringProtocol) throws -> [UInt8] {
    if let tokens = plainTokens(text) { return tokens }
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count)
    for character in text {
      guard let token = tokens[character] else {
        throw GymError(
          "character \(result.count + 1) is \(String(reflecting: character))",
          expected: "one of \(String(characters.dropFirst()))")
      }
      result.append(token)
    }
    return result
  }

  /// The tokens of a text of printable ASCII characters that are all known; nil for others.
  private func plainTokens(_ text: some StringProtocol) -> [UInt8]? {
    var text = String(text)
    return text.withUTF8 { bytes in
      let tokens = bytes.map { tokensOfBytes[Int($0)] }
      return tokens.contains(255) ? nil : tokens
    }
  }
}

/// The shape of the cells of a question or answer, row by row.
public struct GridShape: Sendable, Hashable, CustomStringConvertible {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int

  /// - Precondition: both are positive, and there are at most 65 536 cells.
  public init(rows: Int, columns: Int) {
    precondition(rows > 0 && columns > 0 && rows <= 65_536 / columns, "no grid \(rows)×\(columns)")
    self.rows = rows
    self.columns = columns
  }

  /// The number of cells.
  public var cells: Int { rows * columns }
  public var description: String { "\(rows)×\(columns)" }
}

/// An explanation of some of a task's symbols, or of places in its grid, for readers who do not
/// know the task: people and language models.
public struct LegendEntry: Sendable, Hashable {
  /// The explained characters of the vocabulary; empty if the entry explains places, such as the
  /// boxes of a Sudoku.
  public let symbols: String
  /// The meaning, such as "a wall": a few words, without a full stop.
  public let meaning: String

  /// An explanation of characters of the vocabulary.
  public init(_ symbols: String, _ meaning: String) {
    (self.symbols, self.meaning) = (symbols, meaning)
  }

  /// An explanation of places in the grid, such as "the boxes are the four 2×2 corners".
  public static func places(_ meaning: String) -> LegendEntry { LegendEntry("", meaning) }

  /// The characters as a legend shows them: from three on in a row that rises by one each, the
  /// first and the last, as in `1-9`.
  public var shownSymbols: String {
    var runs: [[Unicode.Scalar]] = []
    for scalar in symbols.unicodeScalars {
      if let last = runs.last?.last, last.value + 1 == scalar.value {
        runs[runs.count - 1].append(scalar)
      } else {
        runs.append([scalar])
      }
    }
    return runs.map { run in
      run.count < 3
        ? run.map { String(Character($0)) }.joined(separator: " ")
        : "\(Character(run[0]))-\(Character(run[run.count - 1]))"
    }.joined(separator: " ")
  }
}

extension LegendEntry: CustomStringConvertible {
  public var description: String {
    symbols.isEmpty ? meaning : "\(shownSymbols) is \(meaning)"
  }
}

/// The tokens of a task whose questions are answers with cells left out.
public struct ClueTokens: Sendable, Hashable {
  /// The token of a cell to fill in.
  public let blank: UInt8
  /// The tokens of an answer that a question may also contain.
  public let clues: Set<UInt8>

  /// The tokens of a task.
  public init(blank: UInt8, clues: some Sequence<UInt8>) {
    (self.blank, self.clues) = (blank, Set(clues))
  }

  /// A question with extra clues: each blank gets the answer's token with probability `share`, if
  /// that token may be a clue.
  public func revealing(
    _ share: Double, of question: [UInt8], answer: [UInt8], using random: inout RandomStream
  ) -> [UInt8] {
    zip(question, answer).map { token, answer in
      token == blank && clues.contains(answer) && random.chance(share) ? answer : token
    }
  }
}
