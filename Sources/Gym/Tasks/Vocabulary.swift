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
