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
    func hand(_ grid: GridGatherer.Grid?) throws {
      guard let grid else { return }
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
        isSkipping = !isBlank(line)
        gatherer = GridGatherer(self, reader, path: lines.path)
      }
      try hand(grid)
    }
    grid = nil
    _ = try source.log.valid { grid = try gatherer.finish() }
    try hand(grid)
  }

  /// Whether a line is empty, or of blanks alone if a blank is no cell.
  private func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
    line.isEmpty || (line.allSatisfy { $0 <= 0x20 } && vocabulary.token(of: " ") == nil)
  }
}
