import Gym

/// Read access to a leaderboard, wherever it is stored. Every function may be called from any
/// thread, and throws a `GymError` or the store's own error.
public protocol BoardReading: Sendable {
  /// All benchmarks, oldest first.
  func benchmarks() throws -> [Benchmark]

  /// The entries of a benchmark with their results, oldest first.
  func entries(of benchmark: Benchmark.ID) throws -> [Entry]

  /// The rating of every puzzle; nil if unknown.
  func ratings(of benchmark: Benchmark.ID) throws -> [Double?]

  /// Some puzzles of a benchmark. If it is held back, their answers are empty.
  ///
  /// - Throws: a `GymError` if there is no such benchmark or puzzle.
  func puzzles(of benchmark: Benchmark.ID, in range: Range<Int>) throws -> [Example]

  /// The solved examples that explain some puzzles of a benchmark, such as the pairs of an ARC
  /// task; an empty array for each puzzle that has none. Default: none.
  ///
  /// - Throws: a `GymError` if there is no such benchmark or puzzle.
  func demonstrations(of benchmark: Benchmark.ID, in range: Range<Int>) throws -> [[Example]]

  /// The predictions of entries of one benchmark for some puzzles: for each entry, one prediction
  /// per puzzle (without an answer if it gave none). `cost.tokens` contains the claimed thought
  /// tokens.
  ///
  /// - Throws: a `GymError` if there is no such entry or puzzle, or if the benchmark is held back,
  ///   since right answers would give it away.
  func predictions(of entries: [Entry.ID], in range: Range<Int>) throws -> [[Prediction]]

  /// The task of a benchmark, with its settings.
  func task(of benchmark: Benchmark) throws -> any Task
}

extension BoardReading {
  public func demonstrations(
    of benchmark: Benchmark.ID, in range: Range<Int>
  ) throws -> [[Example]] { range.map { _ in [] } }

  /// The predictions of one entry for some puzzles.
  public func predictions(of entry: Entry.ID, in range: Range<Int>) throws -> [Prediction] {
    try predictions(of: [entry], in: range).flatMap { $0 }
  }
}

/// A leaderboard that accepts submissions.
public protocol BoardWriting: BoardReading {
  /// Judges a submission and stores it. When this returns, the entry is on disk.
  ///
  /// - Parameter submission: predictions as JSON lines, which are read to the end, and who made
  ///   them.
  /// - Throws: a `GymError` that names the line if the submission is rejected; nothing is stored.
  func submit(_ submission: Submission, to benchmark: Benchmark.ID) throws -> Entry
}
