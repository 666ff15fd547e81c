import GymJSON

/// A question in a line among other fields, as lists of puzzles have it:
/// `puzzle:count:solution`, `hash puzzle rating`, `puzzle;rating;name`, or behind six colons.
struct ListedPuzzle {
  let question: ArraySlice<UInt8>
  /// Empty if the line has none.
  var answer: ArraySlice<UInt8> = []
  /// Nil if no field is known to be one.
  var rating: Double?

  /// Finds the question in a line that is not empty.
  ///
  /// A line of as many characters as a question has is one. Otherwise it is the one field with that
  /// many cells, and a second is its answer; or all characters of the line without its blanks.
  ///
  /// - Throws: a `GymError` without a location.
  init(_ line: ArraySlice<UInt8>, _ reader: TokenReader) throws {
    guard line.count != reader.cells, let isCell = reader.isCell else {
      question = line
      return
    }
    let fields = Self.fields(line) { !isCell($0) }
    let texts = fields.indices.compactMap { index -> (index: Int, text: ArraySlice<UInt8>)? in
      let text = fields[index].text
      if text.count == reader.cells { return (index, text) }
      // HoDoKu marks digits that are not given by a plus sign.
      let plain = ArraySlice(text.filter { $0 != UInt8(ascii: "+") })
      guard plain.count == reader.cells, !isCell(UInt8(ascii: "+")) else { return nil }
      return (index, plain)
    }
    guard let first = texts.first else {
      question = reader.withoutBlanks(line)
      let isGrid = reader.isRow(line)
      guard question.count == reader.cells || (fields.count == 1 && !isGrid) else {
        throw Self.fault(fields.map(\.text), line, reader, isGrid: isGrid)
      }
      return
    }
    guard texts.count <= 2 else {
      throw GymError(
        "\(texts.count) fields of the line have \(reader.cells) characters",
        expected: "a question, and at most its answer")
    }
    question = first.text
    if texts.count == 2 { answer = texts[1].text }
    // The digits of an answer are not a rating.
    if texts.count == 1 || texts[1].index != first.index + 1 {
      rating = Self.rating(in: fields, question: first.index)
    }
  }

  /// Whether a field of a line has as many characters as a question.
  static func hasQuestion(_ line: ArraySlice<UInt8>, _ reader: TokenReader) -> Bool {
    guard let isCell = reader.isCell else { return false }
    return fields(line) { !isCell($0) }.contains { $0.text.count == reader.cells }
  }

  private typealias Field = (text: ArraySlice<UInt8>, separator: UInt8)

  /// The fields of a line with the separator before each; several blanks are one.
  private static func fields(
    _ line: ArraySlice<UInt8>, separates: (UInt8) -> Bool
  ) -> [Field] {
    let separators = " \t:;,|\"'".utf8.filter(separates)
    var fields: [Field] = []
    var (start, before) = (line.startIndex, UInt8(ascii: " "))
    for index in line.indices + [line.endIndex] {
      let byte = index < line.endIndex ? line[index] : UInt8(ascii: "\n")
      guard index == line.endIndex || separators.contains(byte) else { continue }
      if start < index { fields.append((line[start..<index], before)) }
      // Of several separators in a row, one that is not a blank counts.
      if start < index || byte > 0x20 { before = byte }
      start = index + 1
    }
    return fields
  }

  /// The rating, if the form of the line is one that has it: `puzzle;rating`, as forums write
  /// it, or `hash puzzle rating`.
  private static func rating(in fields: [Field], question: Int) -> Double? {
    guard fields.indices.contains(question + 1) else { return nil }
    let next = fields[question + 1]
    let isHashed =
      question == 1 && fields.count == 3 && next.separator <= 0x20
      && fields[0].text.count >= 8 && fields[0].text.allSatisfy(isHexadecimal)
    guard isHashed || next.separator == UInt8(ascii: ";"),
      let rating = Double(String(decoding: next.text, as: UTF8.self)), rating.isFinite, rating >= 0
    else { return nil }
    return rating
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (97...102).contains(byte | 0x20)
  }

  private static func fault(
    _ fields: [ArraySlice<UInt8>], _ line: ArraySlice<UInt8>, _ reader: TokenReader, isGrid: Bool
  ) -> GymError {
    let longest = fields.max { $0.count < $1.count } ?? line
    return GymError(
      "no field of the line has \(reader.cells) characters: the longest, "
        + "\(TextLine.quoted(longest)), has \(longest.count)",
      expected: "a question of \(reader.cells) cells, alone or among other fields",
      remedy: isGrid ? "With a row on each line, pass --format grid." : nil)
  }
}

/// The values of a JSON lines file, or of a file that has them all in one array.
struct PuzzleObjects {
  /// A value, its line or its number in the array, and its place for messages.
  typealias Item = (json: JSON, number: Int, place: String)

  private let source: PuzzleSource
  private let lines: JSONLinesReader?
  private var rest: ArraySlice<JSON> = []

  init(_ source: PuzzleSource) throws {
    self.source = source
    let text = try LineReader(source)
    var first = try text.next()
    while let line = first, line.allSatisfy({ $0 <= 0x20 }) { first = try text.next() }
    guard first?.first(where: { $0 > 0x20 }) == UInt8(ascii: "[") else {
      lines = try JSONLinesReader(contentsOf: source.url, name: source.path, isLenient: true)
      return
    }
    lines = nil
    rest = try JSON(contentsOf: source.url, name: source.path).array?[...] ?? []
  }

  /// The next value; nil at the end. A line that is not JSON is left out if the source says so.
  mutating func next() throws -> Item? {
    guard let lines else {
      guard let json = rest.popFirst() else { return nil }
      return (json, rest.startIndex, "\(source.path), item \(rest.startIndex)")
    }
    while true {
      let before = lines.line
      if let found = try source.log.valid({ try lines.next() }) {
        return found.map { ($0, lines.line, "\(source.path):\(lines.line)") }
      }
      // A line too long is not gone past.
      if lines.line == before { return try lines.next().map { ($0, lines.line, source.path) } }
    }
  }
}
