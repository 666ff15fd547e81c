/// One way in which texts write the cells of a task's puzzles, if there are several: 16×16
/// Sudokus are written in 1-9 and A-G, in 0-9 and A-F, or in A-P.
public struct Alphabet: Sendable, Hashable {
  /// What messages call it, such as `0-9 and A-F`.
  public let name: String
  /// The token of each byte; 255 if it has none.
  let tokens: [UInt8]
  /// The token of a blank, which several characters stand for.
  let blank: UInt8
  /// Whether 0 is a blank here and a symbol of another alphabet, or like one: beside another
  /// character for blanks it is then none of both.
  let doubtsZero: Bool

  static let none: UInt8 = 255
  /// The characters that stand for blanks if they are no symbols.
  static let blanks: [Character] = [".", "0", "?", "*", "-", "_", "X", "x"]

  /// An alphabet of symbols, each an ASCII character, letters in either case.
  ///
  /// - Parameters:
  ///   - first: the token of the first symbol; those of the others follow.
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

  /// The alphabets in which puzzles of a number of symbols are written: from 1 on, which is the
  /// gym's own; above nine symbols also from 0 on; and in letters. Letters go on after 9.
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
    let hexadecimal = count > 9 ? [alphabet(numerals.prefix(count))] : []
    return [own] + hexadecimal + [alphabet(letters.prefix(count))]
  }

  /// Whether the alphabet has each byte, in texts in which certain bytes stand.
  func reads(_ seen: Set<UInt8>) -> [Bool] {
    var reads = tokens.map { $0 != Self.none }
    if doubtsZero, blanks(in: seen).count > 1 { reads[0x30] = false }
    return reads
  }

  /// The characters for blanks that stand in texts; a letter counts once in both cases.
  func blanks(in seen: Set<UInt8>) -> Set<UInt8> {
    Set(seen.filter { tokens[Int($0)] == blank }.map { $0 == UInt8(ascii: "x") ? 0x58 : $0 })
  }

  /// Whether no symbol stands in a board's text more often than each may: once a row.
  func isBalanced(_ text: some Collection<UInt8>) -> Bool {
    var counts = [Int](repeating: 0, count: 256)
    for byte in text { counts[Int(tokens[Int(byte)])] += 1 }
    let symbols = Set(tokens).subtracting([Self.none, blank]).count
    return counts.indices.allSatisfy { token in
      token == Int(blank) || counts[token] * symbols <= text.count
    }
  }
}
