/// One way in which text files write the cells of a task's puzzles, for tasks that have several:
/// 16×16 Sudokus are written with 1-9 and A-G, with 0-9 and A-F, or with A-P.
public struct Alphabet: Sendable, Hashable {
  /// The name in messages, such as `0-9 and A-F`.
  public let name: String
  /// The token of each byte; 255 if it has none.
  let tokens: [UInt8]
  /// The token of a blank, which several characters can mean.
  let blank: UInt8
  /// Whether 0 is a blank here and a symbol (or similar to one) in another alphabet. Beside another
  /// character for blanks, it is then treated as neither.
  let doubtsZero: Bool

  static let none: UInt8 = 255
  /// The characters that mean a blank unless they are symbols.
  static let blanks: [Character] = [".", "0", "?", "*", "-", "_", "X", "x"]

  /// An alphabet of symbols, each an ASCII character; letters may be in either case.
  ///
  /// - Parameters:
  ///   - first: the token of the first symbol; the others follow.
  ///   - blank: the token of a blank.
  ///   - isLarge: whether 0 may be a symbol, as in 0-F.
  init(
    _ name: String, symbols: some Sequence<Character>, from first: UInt8, blank: UInt8,
    isLarge: Bool
  ) {
    var tokens = [UInt8](repeating: Self.none, count: 256)
    for character in Self.blanks { tokens[Int(character.asciiValue ?? 0)] = blank }
    for (symbol, token) in zip(symbols, first...) {
      for character in symbol.lowercased() + symbol.uppercased() {
        tokens[Int(character.asciiValue ?? 0)] = token
      }
    }
    (self.name, self.tokens, self.blank) = (name, tokens, blank)
    doubtsZero = isLarge && tokens[0x30] == blank
  }

  /// An alphabet in which several characters may stand for one token.
  ///
  /// - Parameters:
  ///   - name: what messages call it: its characters, and what they mean.
  ///   - characters: the ASCII characters of each token.
  public init(_ name: String, characters: [(token: UInt8, texts: String)]) {
    var tokens = [UInt8](repeating: Self.none, count: 256)
    for (token, texts) in characters {
      for byte in texts.utf8 { tokens[Int(byte)] = token }
    }
    (self.name, self.tokens, blank, doubtsZero) = (name, tokens, Self.none, false)
  }

  /// The alphabets in which puzzles with this number of symbols are written: from 1, which is the
  /// gym's own; from 0; and in letters. Letters follow 9.
  ///
  /// - Precondition: there are 1 to 25 symbols.
  public static func symbols(_ count: Int, from first: UInt8, blank: UInt8) -> [Alphabet] {
    precondition((1...25).contains(count), "\(count) symbols have no alphabet")
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXY")
    func alphabet(_ symbols: ArraySlice<Character>) -> Alphabet {
      let digits = symbols.filter(\.isNumber)
      let others = symbols.filter(\.isLetter)
      let name = [digits, others].compactMap { part -> String? in
        guard let first = part.first, let last = part.last else { return nil }
        return first == last ? "\(first)" : "\(first)-\(last)"
      }.joined(separator: " and ")
      return Alphabet(name, symbols: symbols, from: first, blank: blank, isLarge: count > 9)
    }
    let numerals = Array("0123456789") + letters
    let own = alphabet(numerals.dropFirst().prefix(count))
    return [own, alphabet(numerals.prefix(count)), alphabet(letters.prefix(count))]
  }

  /// The tokens of a text of symbols alone; nil if it has blanks or other characters.
  public func tokens(ofSymbols text: String) -> [UInt8]? {
    let tokens = text.utf8.map { self.tokens[Int($0)] }
    return tokens.contains { $0 == Self.none || $0 == blank } ? nil : tokens
  }

  /// Which bytes the alphabet can read, in texts that contain the given bytes.
  func reads(_ seen: Set<UInt8>) -> [Bool] {
    var reads = tokens.map { $0 != Self.none }
    if doubtsZero, blanks(in: seen).count > 1 { reads[0x30] = false }
    return reads
  }

  /// The blank characters among the given bytes; a letter in both cases counts once.
  func blanks(in seen: Set<UInt8>) -> Set<UInt8> {
    Set(seen.filter { tokens[Int($0)] == blank }.map { $0 == UInt8(ascii: "x") ? 0x58 : $0 })
  }

  /// Whether no symbol appears in a board's text more often than once per row.
  func isBalanced(_ text: some Collection<UInt8>) -> Bool {
    var counts = [Int](repeating: 0, count: 256)
    for byte in text { counts[Int(tokens[Int(byte)])] += 1 }
    let symbols = Set(tokens).subtracting([Self.none, blank]).count
    return counts.indices.allSatisfy { token in
      token == Int(blank) || counts[token] * symbols <= text.count
    }
  }
}
