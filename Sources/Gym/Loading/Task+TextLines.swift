import Foundation

extension Task {
  /// Reads a file with a question on every line; empty lines and remarks are passed over.
  func readLines(_ url: URL, _ body: (Puzzle) throws -> Void) throws {
    let lines = try LineReader(url)
    let reader = TokenReader(vocabulary, cells: grid.cells)
    while let line = try lines.next() {
      if line.isEmpty || isComment(line) { continue }
      let question = try GymError.located(lines.place) {
        try reader.tokens(line, name: "question")
      }
      try body(Puzzle(Example(question: question, answer: []), line: lines.line))
    }
  }

  /// Reads a file with grids of characters, each a question, apart by empty lines.
  func readTextGrids(_ url: URL, _ body: (Puzzle) throws -> Void) throws {
    let lines = try LineReader(url)
    let reader = TokenReader(vocabulary, cells: grid.columns)
    var (question, firstLine) = ([UInt8](), 0)
    func finishGrid() throws {
      if question.isEmpty { return }
      guard question.count == grid.cells else {
        throw GymError(
          "the grid has \(question.count / grid.columns) rows", at: "\(url.path):\(firstLine)",
          expected: "\(grid.rows), and an empty line after them")
      }
      try body(Puzzle(Example(question: question, answer: []), line: firstLine))
      question.removeAll()
    }
    while let line = try lines.next() {
      if isComment(line) { continue }
      if line.isEmpty {
        try finishGrid()
        continue
      }
      if question.isEmpty { firstLine = lines.line }
      try GymError.located(lines.place) {
        guard question.count < grid.cells else {
          throw GymError(
            "the grid has a row too many", expected: "an empty line after \(grid.rows)")
        }
        question += try reader.tokens(line, name: "row")
      }
    }
    try finishGrid()
  }
}
