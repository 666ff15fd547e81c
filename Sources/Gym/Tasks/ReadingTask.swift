import GymRandomness

/// A task that says which file formats hold its puzzles.
public protocol FormattedTask: TaskAbility {
  /// The file formats that the task reads, most common first.
  static var formats: [SourceFormat] { get }
}

/// A task whose files write cells in other characters than the vocabulary's.
public protocol AlphabetTask: TaskAbility {
  /// The alphabets in which text files write cells, the gym's own first (16×16 Sudoku: 1-9 and A-G,
  /// 0-9 and A-F, A-P). Each text is read in the one that it uses.
  var alphabets: [Alphabet] { get }
}

/// A task that reads its files itself.
public protocol ReadingTask: FormattedTask {
  /// Reads the puzzles of a file or folder in order; a `GymError` names file and line. An answer
  /// that the file does not give is left empty. `readTextPuzzles` reads the usual formats.
  func readPuzzles(from source: PuzzleSource, _ body: (Puzzle) throws -> Void) throws
}

/// A task whose puzzles are more than one example: demonstrations explain them, and each has a name
/// and a file of its own.
public protocol DemonstratedTask: TaskAbility {
  /// Generates one complete puzzle, with its demonstrations and its name; datasets are generated
  /// with this.
  func generatePuzzle(
    _ request: GenerationRequest, using random: inout RandomStream
  ) throws -> Puzzle

  /// The text of a file with this one puzzle; nil for formats that do not have one file per puzzle.
  func fileText(of puzzle: Puzzle, as format: SourceFormat) throws -> String?
}
