import Gym

/// Puzzles of one file to be passed to a worker, each with its index in its split.
struct PuzzleChunk: Sendable {
  let split: String
  let path: String
  var puzzles: [(index: Int, puzzle: Puzzle)] = []
}

/// Cuts the puzzles of a split's files into chunks, without puzzles that were not chosen and
/// repeated ones.
struct PuzzleChunker {
  private let split: String
  private let size: Int
  /// The indices of the chosen puzzles, in ascending order; nil if all are chosen.
  private let chosen: [Int]?
  private var nextChosen = 0
  private var index = 0

  init(split: String, size: Int, chosen: [Int]?) {
    (self.split, self.size, self.chosen) = (split, size, chosen)
  }

  /// Reads a file and passes on its chunks.
  mutating func read(
    _ source: PuzzleSource, _ task: some Task, _ census: inout PuzzleCensus,
    _ cancellation: WorkControl.Cancellation, _ submit: (PuzzleChunk) throws -> Void
  ) throws {
    var chunk = PuzzleChunk(split: split, path: source.path)
    var isEmpty = true
    try task.readPuzzles(from: source) { puzzle in
      try cancellation.check()
      isEmpty = false
      guard let puzzle = try census.take(puzzle, from: source) else { return }
      defer { index += 1 }
      if let chosen {
        guard nextChosen < chosen.count, chosen[nextChosen] == index else { return }
        nextChosen += 1
      }
      chunk.puzzles.append((index, puzzle))
      if chunk.puzzles.count == size {
        try submit(chunk)
        chunk.puzzles.removeAll()
      }
    }
    guard !isEmpty else {
      throw GymError(
        "it holds no puzzle, but at most a header, titles or remarks", at: source.path,
        expected: "one puzzle or more", remedy: "Leave it out, or look whether it was cut off.")
    }
    if !chunk.puzzles.isEmpty { try submit(chunk) }
  }
}
