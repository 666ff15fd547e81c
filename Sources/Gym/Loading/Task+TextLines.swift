import Foundation

extension Task {
  /// Reads a file with one question per line; skips empty lines and comments.
  func readLines(_ url: URL, _ body: (Puzzle) throws -> Void) throws {
    let lines = try LineReader(url)
    let reader = TokenReader(self, file: url)
    while let line = try lines.next() {
      if line.isEmpty || isComment(line) { continue }
      let question = try GymError.located(lines.place) {
        try reader.question(line)
      }
      try body(Puzzle(Example(question: question, answer: []), line: lines.line))
    }
  }

  /// Reads a file with grids of characters, each a question, separated by empty lines.
  func readTextGrids(_ url: URL, _ body: (Puzzle) throws -> Void) throws {
    let lines = try LineReader(url)
    let reader = TokenReader(self, file: url, row: grid.columns)
    var (rows, firstLine) = ([[UInt8]](), 0)
    func finishGrid() throws {
      if rows.isEmpty { return }
      let place = "\(url.path):\(firstLine)"
      guard rows.count == grid.rows else {
        throw GymError(
          "the grid has \(rows.count) rows", at: place,
          expected: "\(grid.rows), and an empty line after them")
      }
      // Read as one text, since the whole grid is in one alphabet.
      let question = try GymError.located(place) { try reader.question(ArraySlice(rows.joined())) }
      try body(Puzzle(Example(question: question, answer: []), line: firstLine))
      rows.removeAll()
    }
    while let line = try lines.next() {
      if isComment(line) { continue }
      if line.isEmpty {
        try finishGrid()
        continue
      }
      if rows.isEmpty { firstLine = lines.line }
      guard rows.count < grid.rows else {
        throw GymError(
          "the grid has a row too many", at: lines.place,
          expected: "an empty line after \(grid.rows)")
      }
      try GymError.located(lines.place) { try reader.check(line) }
      let length = String(decoding: line, as: UTF8.self).count
      guard length == grid.columns else {
        throw GymError(
          "the row has \(length) characters", at: lines.place, expected: "\(grid.columns)")
      }
      rows.append(Array(line))
    }
    try finishGrid()
  }
}
