import Gym

/// What can be read of a leaderboard, wherever it is kept. Every function may be called from any
/// thread and throws a `GymError` or the store's own error.
public protocol BoardReading: Sendable {
  /// All benchmarks, oldest first.
  func benchmarks() throws -> [Benchmark]

  /// The entries of a benchmark with their results, oldest first.
  func entries(of benchmark: Benchmark.ID) throws -> [Entry]

  /// The rating of every puzzle, if it is known.
  func ratings(of benchmark: Benchmark.ID) throws -> [Double?]

  /// Some puzzles of a benchmark. Of a held-back one the answers are left empty.
  ///
  /// - Throws: a `GymError` if there is no such benchmark or puzzle.
  func puzzles(of benchmark: Benchmark.ID, in range: Range<Int>) throws -> [Example]

  /// What entries of one benchmark answered to some puzzles: for each entry, one prediction a
  /// puzzle (without answer if it gave none). `cost.tokens` holds the thought tokens that were
  /// claimed.
  ///
  /// - Throws: a `GymError` if there is no such entry or puzzle, and of a held-back benchmark:
  ///   right answers would give it away.
  func predictions(of entries: [Entry.ID], in range: Range<Int>) throws -> [[Prediction]]

  /// The task of a benchmark, with its settings.
  func task(of benchmark: Benchmark) throws -> any Task
}

extension BoardReading {
  /// What one entry answered to some puzzles.
  public func predictions(of entry: Entry.ID, in range: Range<Int>) throws -> [Prediction] {
    try predictions(of: [entry], in: range).flatMap { $0 }
  }
}

/// A leaderboard that takes submissions.
public protocol BoardWriting: BoardReading {
  /// Judges a submission and keeps it. When this returns, the entry is on disk.
  ///
  /// - Parameter submission: predictions as JSON lines, which are read to their end, and who made
  ///   them.
  /// - Throws: a `GymError` that names the line if the submission is refused; nothing is kept.
  func submit(_ submission: Submission, to benchmark: Benchmark.ID) throws -> Entry
}
