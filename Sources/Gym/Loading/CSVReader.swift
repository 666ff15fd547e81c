import Foundation

/// Reads the records of a CSV file (RFC 4180) with a header, one at a time.
///
/// Fields may stand in quotes, with `""` for a quote inside, and then hold commas and line ends.
/// They may also be apart by semicolons, tabs or bars, as some programs write them, maybe under a
/// line such as `sep=;`.
struct CSVReader {
  /// The names in the header, in order.
  private(set) var columns: [String] = []
  /// The columns that are known, by what they hold.
  private(set) var places: [PuzzleColumns.Role: Int] = [:]
  /// The line at which the last record begins.
  private(set) var line = 1
  /// The byte between two fields.
  private(set) var separator = UInt8(ascii: ",")
  private let reader: LineReader
  /// The last record's bytes, quotes taken off, and where its fields end in them.
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  /// The separators between fields, most usual first.
  private static let separators = Array(",;\t|".utf8)

  /// Opens a file and reads its header.
  ///
  /// - Throws: a `GymError` if no column is the question's.
  init(_ lines: LineReader, columns known: PuzzleColumns) throws {
    reader = lines
    var first = try nextText()
    if let stated = first.flatMap(Self.statedSeparator) {
      separator = stated
      first = try nextText()
    }
    guard let text = first else {
      throw GymError(
        "the file is empty", at: reader.path,
        expected: "a header with question, and any of answer, rating, source")
    }
    separator =
      Self.separators.first { known.hasQuestion(in: Self.names(text, separator: $0)) }
      ?? separator
    try read(text)
    columns = (0..<fieldCount).map {
      String(decoding: field($0), as: UTF8.self).trimmingCharacters(in: .whitespaces)
    }
    places = try GymError.located(reader.place) {
      let places = try known.places(in: columns)
      guard places[.question] != nil else { throw PuzzleColumns.missingQuestion(among: columns) }
      return places
    }
  }

  /// The names that a line would give to columns if it were a header; quotes do not count.
  static func names(_ line: ArraySlice<UInt8>, separator: UInt8) -> [String] {
    line.split(separator: separator, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
        .trimmingCharacters(in: .whitespaces.union(CharacterSet(charactersIn: "\"")))
    }
  }

  /// The separator that a line such as `sep=;` states; nil of any other line.
  private static func statedSeparator(_ line: ArraySlice<UInt8>) -> UInt8? {
    let bare = line.filter { $0 != 0x22 }
    return bare.count == 5 && bare.starts(with: "sep=".utf8) ? bare.last : nil
  }

  /// Whether a line is a header that has a column for the question.
  static func isHeader(_ line: ArraySlice<UInt8>, of columns: PuzzleColumns) -> Bool {
    separators.contains { columns.hasQuestion(in: names(line, separator: $0)) }
  }

  /// The number of fields of the last record.
  var fieldCount: Int { ends.count }

  /// The bytes of a field of the last record.
  func field(_ index: Int) -> ArraySlice<UInt8> {
    bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }

  /// The bytes of the last record's field for a role; none if the file has no such column.
  ///
  /// - Precondition: the record has the header's fields.
  func field(_ role: PuzzleColumns.Role) -> ArraySlice<UInt8> {
    places[role].map { field($0) } ?? []
  }

  /// The text of the last record's field for a role; empty if the file has no such column.
  ///
  /// Damaged characters are refused: repaired, different names would become equal.
  ///
  /// - Throws: a `GymError` without a location if the bytes are not UTF-8.
  func text(_ role: PuzzleColumns.Role) throws -> String {
    guard let text = String(validating: field(role), as: UTF8.self) else {
      throw GymError(
        "the column \(role.rawValue) is not in UTF-8", expected: "text in UTF-8",
        remedy: "Save the file as UTF-8.")
    }
    return text
  }

  /// Reads the next record; false at the end. Empty lines are passed over.
  mutating func next() throws -> Bool {
    guard let text = try nextText() else { return false }
    try read(text)
    return true
  }

  /// Whether every field of the last record is empty: spreadsheets write such rows at the end.
  ///
  /// - Parameter countsBlanks: whether blanks are something.
  func isEmpty(countingBlanks countsBlanks: Bool) -> Bool {
    countsBlanks ? bytes.isEmpty : bytes.allSatisfy { $0 <= 0x20 }
  }

  /// Checks that the last record has the header's fields.
  mutating func checkFields() throws {
    // Some programs end each row with a comma, and not the header.
    while ends.count > columns.count, field(ends.count - 1).isEmpty { ends.removeLast() }
    guard ends.count == columns.count else {
      throw error(
        "the row has \(ends.count) field\(ends.count == 1 ? "" : "s")",
        expected: "\(columns.count): \(columns.joined(separator: ","))")
    }
  }

  /// The location of the last record, for errors.
  var place: String { "\(reader.path):\(line)" }

  private func error(_ what: String, expected: String? = nil) -> GymError {
    GymError(what, at: place, expected: expected)
  }

  /// The next line that is not empty.
  private func nextText() throws -> ArraySlice<UInt8>? {
    while let text = try reader.next() {
      if !text.isEmpty { return text }
    }
    return nil
  }

  /// Reads the record that begins with a line.
  private mutating func read(_ first: ArraySlice<UInt8>) throws {
    var text = first
    line = reader.line
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    while true {
      let quoted = text.drop { $0 == 0x20 }
      if quoted.first == 0x22 {
        text = quoted
        try readQuoted(&text)
      } else {
        let field = text.prefix { $0 != separator }
        bytes.append(contentsOf: field)
        text = text[field.endIndex...]
      }
      ends.append(bytes.count)
      guard text.popFirst() != nil else { return }
    }
  }

  /// Reads a field in quotes; `text` is left at the separator after it, or empty.
  private mutating func readQuoted(_ text: inout ArraySlice<UInt8>) throws {
    text.removeFirst()
    while true {
      let part = text.prefix { $0 != 0x22 }
      bytes.append(contentsOf: part)
      text = text[part.endIndex...]
      if text.isEmpty {
        guard let next = try reader.next() else {
          throw error("a quote is not closed", expected: "a second quote before the file's end")
        }
        guard bytes.count <= LineReader.lineLimit else {
          throw error("the row has more than \(LineReader.lineLimit) bytes")
        }
        bytes.append(0x0A)
        text = next
        continue
      }
      text.removeFirst()
      guard text.first == 0x22 else { break }
      bytes.append(0x22)
      text.removeFirst()
    }
    text = text.drop { $0 == 0x20 }
    guard text.isEmpty || text.first == separator else {
      throw error("text follows a closing quote", expected: "a comma or the end of the line")
    }
  }
}

extension Task {
  /// Reads a CSV file's rows.
  func readCSV(_ source: PuzzleSource, _ body: (Puzzle) throws -> Void) throws {
    var csv = try CSVReader(LineReader(source), columns: source.columns)
    let reader = TokenReader(self, file: source.url)
    let isNamed = csv.places[.puzzle] != nil || csv.places[.demonstration] != nil
    var gatherer = PuzzleGatherer()
    // Most rows have the same source as the row before: its text is made once.
    var lastSource = (bytes: [UInt8](), text: "")
    // A rating in a column of another name may be a word, which is not a rating.
    let ratingName = csv.places[.rating].map { csv.columns[$0].lowercased() }
    // Spreadsheets put semicolons between fields if a comma stands in their numbers.
    let hasDecimalCommas = csv.separator == UInt8(ascii: ";")
    while try csv.next() {
      if csv.isEmpty(countingBlanks: reader.hasBlankCells) { continue }
      // Of a puzzle of several rows, no single one is left out: it must be known whose it is.
      if isNamed { try csv.checkFields() }
      let name = isNamed ? try GymError.located(csv.place) { try csv.text(.puzzle) } : ""
      func read() throws -> (example: Example, isDemonstration: Bool) {
        try csv.checkFields()
        let origin = csv.field(.source)
        if !origin.elementsEqual(lastSource.bytes) {
          let text = try GymError.located(csv.place) { try csv.text(.source) }
          lastSource = (Array(origin), text)
        }
        return try GymError.located(PuzzleGatherer.place(csv.place, of: name)) {
          let tokens = try reader.pair(csv.field(.question), csv.field(.answer))
          let example = Example(
            question: tokens.question, answer: tokens.answer,
            rating: try rating(
              csv.field(.rating), mayBeWord: ratingName == "difficulty", hasDecimalCommas),
            source: lastSource.text)
          return (example, try isNamed && isYes(csv.field(.demonstration)))
        }
      }
      guard let found = try source.log.valid(read) else {
        if isNamed { try gatherer.leaveOut(name, body) }
        continue
      }
      guard isNamed else {
        try body(Puzzle(found.example, line: csv.line))
        continue
      }
      try gatherer.add(
        found.example, name: name, isDemonstration: found.isDemonstration, line: csv.line,
        at: csv.place, body)
    }
    try gatherer.finish(body)
  }

  private func isYes(_ bytes: ArraySlice<UInt8>) throws -> Bool {
    let text = String(decoding: bytes, as: UTF8.self)
    guard ["", "no", "yes"].contains(text) else {
      throw GymError(
        "demonstration is \"\(text.prefix(40))\"", expected: "yes, no or nothing")
    }
    return text == "yes"
  }

  private func rating(
    _ bytes: ArraySlice<UInt8>, mayBeWord: Bool, _ hasDecimalCommas: Bool
  ) throws -> Double? {
    let text = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespaces)
    let number = Double(hasDecimalCommas ? text.replacingOccurrences(of: ",", with: ".") : text)
    if text.isEmpty || (mayBeWord && number == nil) { return nil }
    return try checkedRating(number, text: text)
  }
}
