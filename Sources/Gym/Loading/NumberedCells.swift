/// Boards whose cells are numbers, separated by blanks, commas or borders, since the values of
/// large boards have two digits.
///
/// A number becomes one character, with A for 10: 1 to 16 become 1-9 and A-G, and 0 to 15 become
/// 0-9 and A-F, so that the alphabets decide what 0 means.
enum NumberedCells {
  /// The numbers that have a character.
  static let numbers: ClosedRange<Int64> = 0...25

  private static let numerals = Array("0123456789ABCDEFGHIJKLMNOP".utf8)
  private static let separators = Set(" \t\r\n,;|[]()\"'".utf8)

  /// The characters of a text's cells; nil if it is not a list of that length.
  static func characters(of text: ArraySlice<UInt8>, count: Int) -> ArraySlice<UInt8>? {
    // At least one character per cell, and a separator between two.
    guard text.count >= 2 * count - 1 else { return nil }
    let words = text.split(whereSeparator: separators.contains)
    guard words.count == count else { return nil }
    let cells = words.compactMap(character)
    guard cells.count == count else { return nil }
    // Letters beside numbers of two digits would have two meanings.
    let hasLetters = words.contains { $0.count == 1 && isLetter($0[$0.startIndex]) }
    let hasNumbers = words.contains { $0.count == 2 && (49...57).contains($0[$0.startIndex]) }
    return hasLetters && hasNumbers ? nil : cells[...]
  }

  private static func character(of word: ArraySlice<UInt8>) -> UInt8? {
    guard let first = word.first, let last = word.last, word.count <= 2 else { return nil }
    if word.count == 1 { return first }
    if let number = Int64(String(decoding: word, as: UTF8.self)) {
      return first != UInt8(ascii: "+") && numbers.contains(number) ? numerals[Int(number)] : nil
    }
    // A blank as wide as the numbers.
    return first == last && !isLetter(first) ? first : nil
  }

  /// Whether a byte is a letter, and none of those for blanks.
  private static func isLetter(_ byte: UInt8) -> Bool {
    (97...122).contains(byte | 0x20) && byte | 0x20 != UInt8(ascii: "x")
  }
}
