/// Turns text bytes into the tokens of a task, fast where its characters are ASCII.
struct TokenReader: Sendable {
  private static let none: UInt8 = 255
  private let vocabulary: Vocabulary
  private let cells: Int
  /// The token of each ASCII character; nil where some token's character is none.
  private let table: [UInt8]?

  /// A reader of texts of `cells` characters. Where "." is a token and "0" is not, "0" is read
  /// as ".", which files of puzzles use both for a blank.
  init(_ vocabulary: Vocabulary, cells: Int) {
    self.vocabulary = vocabulary
    self.cells = cells
    let codes = vocabulary.characters.map { $0.asciiValue }
    guard codes.allSatisfy({ $0 != nil }) else {
      table = nil
      return
    }
    var table = [UInt8](repeating: Self.none, count: 256)
    for (token, code) in codes.enumerated() {
      if let code { table[Int(code)] = UInt8(token) }
    }
    if table[0x30] == Self.none { table[0x30] = table[0x2E] }
    self.table = table
  }

  /// The tokens of a text.
  ///
  /// - Throws: a `GymError` without a location, which calls the text `name`.
  func tokens(_ bytes: ArraySlice<UInt8>, name: String) throws -> [UInt8] {
    let tokens = try table.map { try fast(bytes, $0) } ?? slow(bytes)
    guard tokens.count == cells else {
      throw GymError("the \(name) has \(tokens.count) characters", expected: "\(cells)")
    }
    return tokens
  }

  private func fast(_ bytes: ArraySlice<UInt8>, _ table: [UInt8]) throws -> [UInt8] {
    var isWhole = true
    let tokens = [UInt8](unsafeUninitializedCapacity: bytes.count) { buffer, count in
      for (index, byte) in bytes.enumerated() {
        let token = table[Int(byte)]
        isWhole = isWhole && token != Self.none
        buffer[index] = token
      }
      count = bytes.count
    }
    // The slow way names the character.
    if !isWhole { return try slow(bytes) }
    return tokens
  }

  private func slow(_ bytes: ArraySlice<UInt8>) throws -> [UInt8] {
    var text = String(decoding: bytes, as: UTF8.self)
    if vocabulary.token(of: "0") == nil, vocabulary.token(of: ".") != nil {
      text = String(text.map { $0 == "0" ? "." : $0 })
    }
    return try vocabulary.tokens(text)
  }
}
