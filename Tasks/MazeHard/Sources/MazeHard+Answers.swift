import Gym

extension MazeHard {
  /// Findings: `valid` (the marks are a path), `optimal` (no path is shorter), `unique` (optimal,
  /// and the only such path) and `label-match` (the label's path).
  public func verify(_ answer: [UInt8], for example: Example) -> Verdict {
    func findings(_ valid: Bool, _ optimal: Bool, _ unique: Bool) -> [Verdict.Finding] {
      [
        .init("valid", valid), .init("optimal", optimal), .init("unique", unique),
        .init("label-match", answer == example.answer),
      ]
    }
    do {
      let maze = try Maze.read(example.question, size: size).get()
      let steps = try maze.walk(answer).get()
      let (shortest, count) = maze.shortestPaths() ?? (steps, 1)
      guard steps == shortest else {
        return .failed(
          "the path has \(steps) steps, a shortest one \(shortest)",
          findings: findings(true, false, false))
      }
      return .solved(findings(true, true, count == 1))
    } catch {
      return .failed(error.text, cells: error.cells, findings: findings(false, false, false))
    }
  }
}

extension MazeHard: RatedTask, SolvableTask, TracingTask {
  /// A maze may have many shortest paths.
  public var allowsSeveralAnswers: Bool { kind == .percolation }

  /// Three intervals of the path's length; about every tenth maze is in the last.
  public var levels: [DifficultyLevel] {
    let (least, most) = (lengths.lowerBound, lengths.upperBound)
    let second = least + max(2, least / (kind == .unique ? 12 : 30))
    let third = max(second + 2, least + least / (kind == .unique ? 5 : 12))
    let starts = [least, second, third, max(third, most) + 1]
    return zip(["hard", "harder", "hardest"], zip(starts, starts.dropFirst())).compactMap {
      guard $1.0 <= most else { return nil }
      let range = $1.0...min($1.1 - 1, most)
      guard possible(range) else { return nil }
      return DifficultyLevel($0, rating: Double(range.lowerBound)...Double(range.upperBound))
    }
  }

  /// The number of steps of a shortest path.
  public func rating(of question: [UInt8]) -> Double? {
    guard case .success(let maze) = Maze.read(question, size: size) else { return nil }
    let steps = maze.distances(from: maze.start)[maze.goal]
    return steps < 0 ? nil : Double(steps)
  }

  /// The number of shortest paths, at most `UInt64.max`; 0 if there is none, or no maze.
  public func shortestPathCount(of question: [UInt8]) -> UInt64 {
    guard case .success(let maze) = Maze.read(question, size: size) else { return 0 }
    return maze.shortestPathCount()
  }

  /// A shortest path. If there are several, the one that at each step from the start takes the
  /// first of down, up, right and left that leads closer to the goal.
  public func solve(_ question: [UInt8]) -> Solution {
    switch Maze.read(question, size: size) {
    case .failure(let problem): return .invalid(problem.text)
    case .success(let maze):
      guard let path = maze.shortestPath() else { return .none }
      let answer = maze.marking(path)
      return maze.shortestPathCount() == 1 ? .unique(answer) : .several(answer)
    }
  }

  /// The cells that a breadth-first search has reached, in at most 30 pictures, then the path.
  public func trace(of question: [UInt8]) -> ReasoningTrace? {
    guard case .success(let maze) = Maze.read(question, size: size),
      let path = maze.shortestPath()
    else { return nil }
    let distances = maze.distances(from: maze.start)
    let steps = path.count - 1
    let pictures = min(steps, 30)
    let searched = (1...pictures).map { number in
      let reach = steps * number / pictures
      return ReasoningTrace.Step(
        .frontier, maze.marking(distances.indices.filter { (1...reach).contains(distances[$0]) }))
    }
    return ReasoningTrace(
      [.init(.question, question)] + searched + [.init(.answer, maze.marking(path))])
  }
}

extension MazeHard: AlphabetTask, ReadingTask {
  public static let formats: [SourceFormat] = [.csv, .lines, .jsonLines, .textGrid]

  /// The goal may be an E (end, exit), and the path o, X or *, as other programs write them.
  public var alphabets: [Alphabet] {
    [
      Alphabet(
        "# (wall), a blank, S (start), G or E (goal), and o, X or * (path)",
        characters: [
          (MazeToken.wall, "#"), (MazeToken.space, " "), (MazeToken.start, "Ss"),
          (MazeToken.goal, "GgEe"), (MazeToken.path, "oOxX*"),
        ])
    ]
  }

  /// Reads text files, and maze-dataset's token text; a maze with its path in it is question and
  /// answer in one.
  public func readPuzzles(from source: PuzzleSource, _ body: (Puzzle) throws -> Void) throws {
    if try hasLatticeLines(source) { return try readLatticeLines(source, body) }
    try readTextPuzzles(from: source) { puzzle in
      var puzzle = puzzle
      for index in puzzle.examples.indices where puzzle.examples[index].answer.isEmpty {
        let solved = puzzle.examples[index].question
        guard solved.contains(MazeToken.path) else { continue }
        puzzle.examples[index].answer = solved
        puzzle.examples[index].question = solved.map {
          $0 == MazeToken.path ? MazeToken.space : $0
        }
      }
      try body(puzzle)
    }
  }
}
