import Foundation

/// Turns text bytes into the tokens of a task; fast if its characters are ASCII.
struct TokenReader {
  private static let none: UInt8 = 255
  private let vocabulary: Vocabulary
  /// The number of characters of a text.
  let cells: Int
  /// The number of characters of a grid's row.
  private let columns: Int
  /// Whether a blank between characters is a cell of its own.
  let hasBlankCells: Bool
  /// The token of each ASCII character; nil if some token's character is none.
  private let table: [UInt8]?
  /// Finds the alphabet of each text, if the task has several.
  private let chooser: AlphabetChooser?

  /// A reader for a file's texts of `cells` characters. If "." is a token and "0" is not, "0" is
  /// read as ".", since puzzle files use both for a blank; a task with its own alphabets has its
  /// texts read in those.
  ///
  /// - Parameter row: the length of the file's words, if one text consists of several.
  init(_ task: some Task, file: URL? = nil, row: Int? = nil) {
    vocabulary = task.vocabulary
    (cells, columns) = (task.grid.cells, task.grid.columns)
    hasBlankCells = vocabulary.token(of: " ") != nil
    let alphabets = task.alphabets
    chooser =
      alphabets.isEmpty
      ? nil : AlphabetChooser(alphabets, file: file, length: row ?? task.grid.cells)
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

  /// The tokens of a question alone.
  ///
  /// - Throws: a `GymError` without a location.
  func question(_ bytes: ArraySlice<UInt8>) throws -> [UInt8] {
    try pair(bytes, []).question
  }

  /// The tokens of a question and its answer, both in one alphabet; an empty answer gives no
  /// tokens.
  ///
  /// - Throws: a `GymError` without a location.
  func pair(
    _ question: ArraySlice<UInt8>, _ answer: ArraySlice<UInt8>
  ) throws -> (question: [UInt8], answer: [UInt8]) {
    let (question, answer) = (cellsAlone(question), cellsAlone(answer))
    if let chooser {
      // The number of characters first: a board of another size has other characters, too.
      try count(question, "question")
      if !answer.isEmpty { try count(answer, "answer") }
      let tokens = try chooser.alphabet(of: question, answer: answer).tokens
      return (
        try counted(question.map { tokens[Int($0)] }, "question"),
        answer.isEmpty ? [] : try counted(answer.map { tokens[Int($0)] }, "answer")
      )
    }
    return (
      try counted(tokens(question), "question"),
      answer.isEmpty ? [] : try counted(tokens(answer), "answer")
    )
  }

  /// Checks that part of a text is in the vocabulary's characters, or in some alphabet.
  ///
  /// - Throws: a `GymError` without a location that names the first character that is not.
  func check(_ bytes: ArraySlice<UInt8>) throws {
    if let chooser { try chooser.check(bytes) } else { _ = try tokens(bytes) }
  }

  /// Whether a byte is a cell's character; nil if characters are more than a byte.
  var isCell: ((UInt8) -> Bool)? {
    if let chooser { return chooser.reads }
    return table.map { table in { table[Int($0)] != Self.none } }
  }

  /// Whether all characters of a line are cells in the task's own alphabet.
  func isAllCells(_ line: ArraySlice<UInt8>) -> Bool {
    guard chooser == nil, let isCell else { return false }
    return line.allSatisfy(isCell)
  }

  /// Whether a character is a cell's.
  func reads(_ character: Character) -> Bool {
    if let isCell, let code = character.asciiValue { return isCell(code) }
    return vocabulary.token(of: character) != nil
  }

  /// Whether cells may be written as numbers, apart from each other.
  var hasNumbers: Bool { chooser != nil && !hasBlankCells }

  private func cellsAlone(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    bytes.count == cells && !(hasBlankCells && bytes.contains(0x0A)) ? bytes : withoutBlanks(bytes)
  }

  /// A text without the blanks and line ends between its cells; if a blank is a cell, without line
  /// ends alone.
  func withoutBlanks(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    if hasNumbers, let numbered = NumberedCells.characters(of: bytes, count: cells) {
      return numbered
    }
    if hasBlankCells { return bytes.contains(0x0A) ? joinedRows(bytes) : bytes }
    return bytes.contains { $0 <= 0x20 } ? bytes.filter { $0 > 0x20 }[...] : bytes
  }

  /// A text of several lines as one, with the blanks that were cut off at the ends of its rows.
  private func joinedRows(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      .map { $0.last == 0x0D ? $0.dropLast() : $0 }
    var rows = lines[...]
    // A blank row is never the first or the last: then a cut grid would be taken for a whole one.
    while rows.last?.isEmpty == true { rows.removeLast() }
    while rows.first?.isEmpty == true { rows.removeFirst() }
    guard rows.count == cells / columns else { return ArraySlice(rows.joined()) }
    return ArraySlice(rows.flatMap { padded($0).row })
  }

  /// A row with the blanks that were cut off at its end, and the number of its characters.
  private func padded(_ row: ArraySlice<UInt8>) -> (row: ArraySlice<UInt8>, count: Int) {
    let count =
      row.allSatisfy { $0 < 0x80 } ? row.count : String(decoding: row, as: UTF8.self).count
    guard hasBlankCells, count < columns else { return (row, count) }
    return (row + repeatElement(UInt8(ascii: " "), count: columns - count), columns)
  }

  /// The characters of a grid's row, with their number: without what stands between cells, and
  /// with the blanks that were cut off at its end. The cells are nil if a character is none.
  func row(_ line: ArraySlice<UInt8>) -> (cells: ArraySlice<UInt8>?, count: Int) {
    let numbered = hasNumbers ? NumberedCells.characters(of: line, count: columns) : nil
    let (row, count) = padded(numbered ?? (hasBlankCells ? line : TextLine.withoutBorders(line)))
    do { try check(row) } catch { return (nil, count) }
    return (row, count)
  }

  /// Whether a line is a row of a grid.
  func isRow(_ line: ArraySlice<UInt8>) -> Bool {
    let row = row(line)
    return row.count == columns && row.cells != nil
  }

  private func counted(_ tokens: [UInt8], _ name: String) throws -> [UInt8] {
    try check(count: tokens.count, name)
    return tokens
  }

  private func count(_ text: ArraySlice<UInt8>, _ name: String) throws {
    if text.count != cells { try check(count: String(decoding: text, as: UTF8.self).count, name) }
  }

  private func check(count: Int, _ name: String) throws {
    guard count == cells else {
      throw GymError("the \(name) has \(count.counted("character"))", expected: "\(cells)")
    }
  }

  private func tokens(_ bytes: ArraySlice<UInt8>) throws -> [UInt8] {
    try table.map { try fast(bytes, $0) } ?? slow(bytes)
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
    // The slow path names the character.
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
