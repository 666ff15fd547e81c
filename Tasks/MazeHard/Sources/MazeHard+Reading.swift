import Gym

extension MazeHard {
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
