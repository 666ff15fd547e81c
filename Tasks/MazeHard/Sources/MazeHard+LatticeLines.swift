import Gym

/// A maze in the token text of maze-dataset: cells of a lattice and their connections.
///
/// `<ADJLIST_START> (0,0) <--> (1,0) ; … <ADJLIST_END> <ORIGIN_START> (0,0) <ORIGIN_END>
/// <TARGET_START> (2,1) <TARGET_END> <PATH_START> (0,0) (1,0) … <PATH_END>`: one maze per line;
/// the path may be missing. Cell (r, c) is in row 2r + 1 and column 2c + 1 of the grid, with
/// passages and walls in between.
struct LatticeLine {
  private let text: String
  /// The number of rows and of columns of the grid.
  private let size: Int

  /// Whether a line is such a text.
  static func isOne(_ line: ArraySlice<UInt8>) -> Bool {
    line.drop { $0 <= 0x20 }.starts(with: "<ADJLIST_START>".utf8)
  }

  init(_ line: ArraySlice<UInt8>, size: Int) throws {
    guard size % 2 == 1 else {
      throw GymError(
        "the line is maze-dataset's, for a board of odd size, and the size is \(size)",
        expected: "2n + 1 for n × n cells", remedy: "Set it, such as --set size=\(size + 1).")
    }
    (text, self.size) = (String(decoding: line, as: UTF8.self), size)
  }

  /// The maze, with its path as the answer if there is one.
  func example() throws -> Example {
    guard let connections = try section("ADJLIST") else {
      throw GymError("<ADJLIST_END> is missing", expected: "the connections between both")
    }
    var question = [UInt8](repeating: MazeToken.wall, count: size * size)
    for row in stride(from: 1, to: size, by: 2) {
      for column in stride(from: 1, to: size, by: 2) {
        question[row * size + column] = MazeToken.space
      }
    }
    for connection in connections.split(separator: ";") where connection.contains("<-->") {
      let ends = try cells(connection)
      guard ends.count == 2 else {
        throw GymError("\"\(connection.prefix(40))\" connects \(ends.count) cells", expected: "two")
      }
      question[try between(ends[0], ends[1])] = MazeToken.space
    }
    question[try cell("ORIGIN")] = MazeToken.start
    question[try cell("TARGET")] = MazeToken.goal
    guard let path = try section("PATH").map(cells), !path.isEmpty else {
      return Example(question: question, answer: [])
    }
    var answer = question
    let passages = try zip(path, path.dropFirst()).map { try between($0, $1) }
    for cell in path + passages where ![MazeToken.start, MazeToken.goal].contains(answer[cell]) {
      answer[cell] = MazeToken.path
    }
    return Example(question: question, answer: answer)
  }

  /// The text between two marks; nil if the first is missing.
  private func section(_ name: String) throws -> Substring? {
    guard let start = text.firstRange(of: "<\(name)_START>") else { return nil }
    guard let end = text[start.upperBound...].firstRange(of: "<\(name)_END>") else {
      throw GymError("<\(name)_END> is missing", expected: "it after <\(name)_START>")
    }
    return text[start.upperBound..<end.lowerBound]
  }

  private func cell(_ name: String) throws -> Int {
    let found = try section(name).map(cells) ?? []
    guard found.count == 1 else {
      throw GymError(
        "there are \(found.count) cells after <\(name)_START>", expected: "one, such as (0,0)")
    }
    return found[0]
  }

  /// The cells that a text names by row and column, as cells of the grid.
  private func cells(_ text: Substring) throws -> [Int] {
    let rooms = (size - 1) / 2
    let numbers = text.split { !$0.isASCII || !$0.isNumber }.map { Int($0) ?? Int.max }
    guard numbers.count % 2 == 0 else {
      throw GymError("a cell has one number in \"\(text.prefix(40))\"", expected: "(row,column)")
    }
    return try stride(from: 0, to: numbers.count, by: 2).map { index in
      let (row, column) = (numbers[index], numbers[index + 1])
      guard row < rooms, column < rooms else {
        throw GymError(
          "the cell (\(row),\(column)) is outside of \(rooms) × \(rooms) cells",
          expected: "0 to \(rooms - 1) on a board of size \(size)",
          remedy: "For n × n cells, set the size to 2n + 1 by --set size=….")
      }
      return (2 * row + 1) * size + 2 * column + 1
    }
  }

  /// The passage between two neighboring cells.
  private func between(_ a: Int, _ b: Int) throws -> Int {
    guard [2, 2 * size].contains(abs(a - b)), a / size == b / size || a % size == b % size else {
      throw GymError("connected cells are not neighbors", expected: "a side in common")
    }
    return (a + b) / 2
  }
}

extension MazeHard {
  /// Whether the first line of a source is maze-dataset's token text.
  func hasLatticeLines(_ source: PuzzleSource) throws -> Bool {
    guard try source.format(for: self) == .lines else { return false }
    let lines = try LineReader(source.url, path: source.path)
    while let line = try lines.next() {
      if line.contains(where: { $0 > 0x20 }) { return LatticeLine.isOne(line) }
    }
    return false
  }

  /// Reads maze-dataset's token text.
  func readLatticeLines(_ source: PuzzleSource, _ body: (Puzzle) throws -> Void) throws {
    let lines = try LineReader(source.url, path: source.path)
    while let line = try lines.next() {
      guard line.contains(where: { $0 > 0x20 }) else { continue }
      let example = try source.log.valid {
        try GymError.located(lines.place) { try LatticeLine(line, size: size).example() }
      }
      if let example { try body(Puzzle(example, line: lines.line)) }
    }
  }
}
