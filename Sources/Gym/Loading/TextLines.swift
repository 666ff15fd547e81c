import Foundation

extension Task {
  /// Reads a file with a question on every line, alone or among other fields; empty lines and
  /// remarks are passed over.
  func readLines(_ source: PuzzleSource, _ body: (Puzzle) throws -> Void) throws {
    let lines = try LineReader(source)
    let reader = TokenReader(self, file: source.url)
    var isMarkup: Bool?
    while let line = try lines.next() {
      if isBlank(line) || isComment(line) { continue }
      let isInMarkup = isMarkup ?? (line.first == UInt8(ascii: "<") && !reader.reads("<"))
      isMarkup = isInMarkup
      let examples = try source.log.valid {
        try GymError.located(lines.place) { try self.examples(in: line, reader, isInMarkup) }
      }
      for example in examples ?? [] { try body(Puzzle(example, line: lines.line)) }
    }
  }

  private func examples(
    in line: ArraySlice<UInt8>, _ reader: TokenReader, _ isInMarkup: Bool
  ) throws -> [Example] {
    guard !isInMarkup else {
      return try MarkupLine.questions(in: line, reader).map {
        Example(question: try reader.question($0), answer: [])
      }
    }
    let listed = try ListedPuzzle(line, reader)
    let tokens = try reader.pair(listed.question, listed.answer)
    return [Example(question: tokens.question, answer: tokens.answer, rating: listed.rating)]
  }

  /// Reads a file with grids of characters, each a question, apart by empty lines or titles.
  func readTextGrids(_ source: PuzzleSource, _ body: (Puzzle) throws -> Void) throws {
    let lines = try LineReader(source)
    let reader = TokenReader(self, file: source.url, row: grid.columns)
    var gatherer = GridGatherer(self, reader, path: lines.path)
    var holdsGrids = false
    func hand(_ grid: GridGatherer.Grid?) throws {
      guard let grid else { return }
      holdsGrids = true
      // In one piece, since the whole grid is in one alphabet.
      let question = try source.log.valid {
        try GymError.located("\(lines.path):\(grid.line)") { try reader.question(grid.cells) }
      }
      guard let question else { return }
      try body(Puzzle(Example(question: question, answer: []), line: grid.line))
    }
    // After a grid that is left out, the next begins behind an empty line.
    var isSkipping = false
    var grid: GridGatherer.Grid?
    while let line = try lines.next() {
      if isComment(line) { continue }
      if isSkipping, !isBlank(line) { continue }
      isSkipping = false
      grid = nil
      if try source.log.valid({ grid = try gatherer.add(line, number: lines.line) }) == nil {
        holdsGrids = true
        isSkipping = !isBlank(line)
        gatherer = GridGatherer(self, reader, path: lines.path)
      }
      try hand(grid)
    }
    grid = nil
    _ = try source.log.valid { grid = try gatherer.finish() }
    try hand(grid)
    if !holdsGrids, let refused = gatherer.refusedRow {
      _ = try source.log.valid { () throws -> Void in throw refused }
    }
  }

  /// Whether a line is empty, or of blanks alone if a blank is not a cell.
  private func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
    line.isEmpty || (line.allSatisfy { $0 <= 0x20 } && vocabulary.token(of: " ") == nil)
  }
}

/// A line of a text file as messages show it, and what it looks like.
enum TextLine {
  /// A text in quotes, shortened, without what would steer a terminal.
  static func quoted(_ line: ArraySlice<UInt8>) -> String {
    let text = String(decoding: line.prefix(200), as: UTF8.self)
    let isLong = text.count > 40 || line.count > 200
    return String(reflecting: String(text.prefix(40))) + (isLong ? "…" : "")
  }

  /// The name of a section, of a line such as `[Puzzle]`; in lower case.
  static func section(_ line: ArraySlice<UInt8>) -> String? {
    let text = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .whitespaces)
    guard text.count > 2, text.hasPrefix("["), text.hasSuffix("]"),
      text.dropFirst().dropLast().allSatisfy(\.isLetter)
    else { return nil }
    return text.dropFirst().dropLast().lowercased()
  }

  /// Whether a line may be the border of a printed grid: of signs alone, with a stroke among them.
  static func isBorder(_ line: ArraySlice<UInt8>) -> Bool {
    let text = String(decoding: line, as: UTF8.self)
    // Boxes of two columns have two strokes between their corners.
    let isDrawn = ["---", "===", "___", "+--+"].contains(where: text.contains)
    return text.unicodeScalars.allSatisfy {
      isBox($0) || "-+|=*:.'`_ \t".unicodeScalars.contains($0)
    }
      && (isDrawn || text.unicodeScalars.contains(where: isBox))
  }

  /// A row of a printed grid without its blanks and borders.
  static func withoutBorders(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    if line.allSatisfy({ $0 < 0x80 }) {
      return line.contains(where: isSide) ? line.filter { !isSide($0) }[...] : line
    }
    let text = String(decoding: line, as: UTF8.self).unicodeScalars.filter {
      !isBox($0) && !($0.isASCII && isSide(UInt8($0.value)))
    }
    return ArraySlice(String(String.UnicodeScalarView(text)).utf8)
  }

  private static func isSide(_ byte: UInt8) -> Bool { " \t|".utf8.contains(byte) }

  private static func isBox(_ scalar: Unicode.Scalar) -> Bool {
    (0x2500...0x257F).contains(scalar.value)
  }
}

/// Combines consecutive examples under the same name into one puzzle.
struct PuzzleGatherer {
  private var pending: Puzzle?
  /// The name of the puzzle that is left out, while its examples follow each other.
  private var leftOut: String?
  /// Whether the last example was a demonstration, and how often that has changed.
  private var last: (isDemonstration: Bool, changes: Int) = (false, 0)
  /// Longer puzzles are rejected, so memory does not grow with the file.
  private static let limit = 10_000

  /// Whether no puzzle is under way.
  var isEmpty: Bool { pending == nil }

  /// The place of an example with the name of its puzzle, for errors.
  static func place(_ place: String, of name: String) -> String {
    name.isEmpty ? place : "\(place): the puzzle \(String(reflecting: name))"
  }

  /// Leaves out the puzzle of an example that cannot be read, with all of its examples; one without
  /// a name is a puzzle of its own.
  mutating func leaveOut(_ name: String, _ body: (Puzzle) throws -> Void) throws {
    if pending?.name != name { try finish(body) }
    (pending, leftOut) = (nil, name)
  }

  /// Takes the next example. One without a name is a puzzle of its own.
  mutating func add(
    _ example: Example, name: String, isDemonstration: Bool, line: Int, at place: String,
    _ body: (Puzzle) throws -> Void
  ) throws {
    guard name.isEmpty || name != leftOut else { return }
    leftOut = nil
    if name.isEmpty {
      guard !isDemonstration else {
        throw GymError(
          "a demonstration belongs to no puzzle", at: place, expected: "the puzzle's name")
      }
      try finish(body)
      return try body(Puzzle(example, line: line))
    }
    if pending?.name != name {
      try finish(body)
      last = (isDemonstration, 0)
    }
    if isDemonstration != last.isDemonstration { last = (isDemonstration, last.changes + 1) }
    // A puzzle's demonstrations are contiguous: a second run of them means a second puzzle.
    guard last.changes < 2 else {
      throw GymError(
        "the puzzle \(String(reflecting: name)) has demonstrations and questions in turn, as if "
          + "two puzzles had one name", at: place,
        expected: "all demonstrations of a puzzle, and then its questions",
        remedy: "Give each puzzle its own name.")
    }
    var puzzle = pending ?? Puzzle(name: name, examples: [], line: line)
    pending = nil
    guard puzzle.demonstrations.count + puzzle.examples.count < Self.limit else {
      throw GymError("the puzzle has more than \(Self.limit) examples", at: place)
    }
    if isDemonstration {
      puzzle.demonstrations.append(example)
    } else {
      puzzle.examples.append(example)
    }
    pending = puzzle
  }

  /// Passes on the last puzzle.
  mutating func finish(_ body: (Puzzle) throws -> Void) throws {
    guard let puzzle = pending else { return }
    pending = nil
    try body(puzzle)
  }
}
