import Datasets
import Foundation
import Gym
import Leaderboard
import LeaderboardStore

/// The submission of an evaluation's answers to a board, prepared before the evaluation begins.
///
/// ```swift
/// let submission = try LeaderboardSubmission(to: "board.db", task: task, split: split)
/// // … solve, and write predictions.jsonl …
/// let entry = try submission.submit(file, by: participant)
/// ```
struct LeaderboardSubmission {
  let board: Board
  /// The benchmark with the split's puzzles.
  let benchmark: Benchmark
  private let path: String

  /// Finds the benchmark of a split on a board by the dataset's hash; creates board and benchmark
  /// if they do not exist.
  ///
  /// - Parameter demonstrations: the solved examples that explain the puzzles, if there are any.
  /// - Throws: a `GymError` if the board cannot be used.
  init(
    to path: String, task: any Task, split: DatasetSplit,
    demonstrations: PuzzleDemonstrations? = nil
  ) throws {
    self.path = path
    board = try Board.openOrCreate(path: path, knowing: task)
    let all = try board.benchmarks()
    let names = Set(all.map(\.name))
    let name = BenchmarkDraft.name(of: task, split: split)
    let free = ([name] + (2...all.count + 2).map { "\(name)-\($0)" }).first { !names.contains($0) }
    let draft = try BenchmarkDraft(
      name: free ?? name, task: task, split: split, demonstrations: demonstrations)
    if let found = all.first(where: { $0.id == draft.benchmark.id }) {
      benchmark = found
    } else {
      try board.add(draft)
      benchmark = draft.benchmark
    }
  }

  /// Submits the predictions in a file.
  func submit(_ predictions: URL, by participant: Participant) throws -> Entry {
    try board.submit(
      Submission(participant, predictions: .file(predictions), dataHash: benchmark.dataHash),
      to: benchmark.id)
  }

  /// The message about an entry.
  func receipt(_ entry: Entry) -> String { entry.receiptText(on: benchmark, board: path) }
}
