import Gym

/// Completes and checks the puzzles of a file: every example that leaves here is right by the
/// rules.
struct PuzzlePreparation<PuzzleTask: Task> {
  private let task: PuzzleTask
  private let cells: Int
  private let tokenCount: Int
  private let checksUniqueness: Bool
  /// The token of a cell to fill in; nil if the task has none.
  private let blank: UInt8?

  init(_ task: PuzzleTask, checksUniqueness: Bool) {
    self.task = task
    (cells, tokenCount) = (task.grid.cells, task.vocabulary.count)
    self.checksUniqueness = checksUniqueness
    blank = task.clueTokens?.blank
  }

  /// A puzzle with all answers and, if the task can compute them, all ratings.
  ///
  /// - Parameter mayBeUnknown: whether an answer that nobody knows stays so, with a label of
  ///   padding alone.
  /// - Throws: a `GymError` that names the file and the line or the puzzle.
  func prepared(_ puzzle: Puzzle, path: String, mayBeUnknown: Bool) throws -> Puzzle {
    do {
      var puzzle = puzzle
      for index in puzzle.demonstrations.indices { try prepare(&puzzle.demonstrations[index]) }
      for index in puzzle.examples.indices {
        try prepare(&puzzle.examples[index], mayBeUnknown: mayBeUnknown)
      }
      return puzzle
    } catch let error as GymError {
      throw error.located(
        puzzle.line.map { "\(path):\($0)" } ?? puzzle.name.map { "\(path): \($0)" } ?? path)
    }
  }

  private func prepare(_ example: inout Example, mayBeUnknown: Bool = false) throws {
    try checkTokens(example.question, name: "question")
    if let blank, !example.question.contains(blank) {
      throw GymError(
        "nothing is asked: every cell is given",
        expected: "a question with blanks; this may be the solution of the puzzle before it, or of "
          + "a damaged question beside it")
    }
    if mayBeUnknown, example.answer.isEmpty, case .unsupported = try task.solve(example.question) {
      example.answer = [UInt8](repeating: Vocabulary.padding, count: cells)
      return
    }
    if example.answer.isEmpty {
      example.answer = try solve(example.question)
    } else {
      try checkTokens(example.answer, name: "answer")
      if checksUniqueness { try checkSolution(of: example.question) }
    }
    let verdict = try task.verify(example.answer, for: example)
    guard verdict.isSolved else {
      throw GymError(
        "the answer is wrong: \(verdict.problem ?? "it does not keep the rules")",
        expected: "an answer by the rules of \(task.id.name)")
    }
    if example.rating == nil { example.rating = task.rating(of: example.question) }
  }

  private func checkTokens(_ tokens: [UInt8], name: String) throws {
    guard tokens.count == cells else {
      throw GymError("the \(name) has \(tokens.count.counted("cell"))", expected: "\(cells)")
    }
    if let cell = tokens.firstIndex(where: { Int($0) >= tokenCount }) {
      throw GymError(
        "cell \(cell) of the \(name) holds \(tokens[cell])",
        expected: "a token below \(tokenCount)")
    }
  }

  private func solve(_ question: [UInt8]) throws -> [UInt8] {
    switch try task.solve(question) {
    case .unique(let answer): return answer
    case .several(let answer) where task.allowsSeveralAnswers: return answer
    case .unsupported:
      throw GymError(
        "there is no answer, and \(task.id.name) has no solver",
        expected: "an answer for each question",
        remedy: "Add the answers; a challenges file has them in the solutions file beside it. "
          + "Without them, name the file by --test: its demonstrations are trained on all the same."
      )
    case let faulty: throw fault(faulty)
    }
  }

  private func checkSolution(of question: [UInt8]) throws {
    switch try task.solve(question) {
    case .unique, .unsupported: return
    case .several where task.allowsSeveralAnswers: return
    case let faulty: throw fault(faulty)
    }
  }

  private func fault(_ solution: Solution) -> GymError {
    let what =
      switch solution {
      case .several: "the puzzle has several solutions"
      case .invalid(let reason): "the puzzle is not one of \(task.id.name): \(reason)"
      default: "the puzzle has no solution"
      }
    return GymError(
      what, expected: "a puzzle with \(task.allowsSeveralAnswers ? "a" : "exactly one") solution",
      remedy: "Correct it, or take it out of the file.")
  }
}

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
