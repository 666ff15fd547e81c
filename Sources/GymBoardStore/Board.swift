import Foundation
import GRDB
import Gym
import GymBoards
import GymJSON

/// A leaderboard in a SQLite file, which several threads and processes may use at once.
///
/// When a writing function returns, its data is on disk: the log is synchronized with every
/// transaction. Readers only see whole submissions.
public final class Board: BoardWriting {
  /// Makes the task of a benchmark from its identifier and settings.
  public typealias TaskMaker = @Sendable (PluginID, JSON) throws -> any Task

  /// The purpose for which a board is opened.
  public enum Access: Sendable {
    /// Reading: this process does not change the file, whoever else writes to it.
    case reading
    /// Submitting too: an older board is migrated to the newest schema.
    case writing
  }

  /// The board's file.
  public let url: URL
  let database: any DatabaseReader
  private let writer: DatabasePool?
  private let makeTask: TaskMaker
  private let secretSeed: SecretSeed?

  /// Creates an empty board and opens it for writing.
  ///
  /// - Throws: a `GymError` if the file already exists.
  public static func create(_ url: URL, tasks: @escaping TaskMaker) throws -> Board {
    try BoardFile.create(url)
    return try Board(url, for: .writing, tasks: tasks)
  }

  /// Opens a board after checking the whole file.
  ///
  /// - Parameter secretSeed: needed to judge submissions to a sealed benchmark.
  /// - Throws: a `GymError` if the file is missing, damaged, from a newer program or not a board;
  ///   it is left unchanged.
  public init(
    _ url: URL, for access: Access, secretSeed: SecretSeed? = nil, tasks: @escaping TaskMaker
  ) throws {
    self.url = url
    (makeTask, self.secretSeed) = (tasks, secretSeed)
    try BoardFile.check(url)
    switch access {
    case .reading:
      writer = nil
      database = try GymError.explaining(url.path) {
        try DatabaseQueue(
          path: url.path, configuration: BoardFile.configuration(readonly: true))
      }
    case .writing:
      let pool = try GymError.explaining(url.path) {
        let pool = try DatabasePool(
          path: url.path, configuration: BoardFile.configuration(readonly: false))
        // In write-ahead mode, the default NORMAL may lose the last transactions in a power
        // failure.
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        try Schema.migrator.migrate(pool)
        return pool
      }
      (writer, database) = (pool, pool)
    }
  }

  /// Transfers the log into the file, as far as no reader still needs it, and closes both. The
  /// board cannot be used afterwards.
  public func close() throws {
    try GymError.explaining(url.path) {
      _ = try writer?.writeWithoutTransaction { try $0.checkpoint(.passive) }
      try database.close()
    }
  }

  /// The task of a benchmark, with its settings.
  ///
  /// - Throws: a `GymError` if this program does not have it, or its puzzles are of another shape
  ///   than those that the board keeps, which would be read wrongly.
  public func task(of benchmark: Benchmark) throws -> any Task {
    let task = try makeTask(benchmark.task, benchmark.settings)
    let (cells, tokens) = (task.grid.cells, task.vocabulary.count)
    let kept = try read { try packing(of: benchmark, $0) }
    guard (1...65_536).contains(cells), (1...255).contains(tokens),
      kept == TokenPacking(cells: cells, vocabularyCount: tokens)
    else {
      throw GymError(
        "the puzzles of \(benchmark.name) do not have the cells or tokens of \(benchmark.task)",
        at: url.path, expected: "\(cells) cells and \(tokens) tokens",
        remedy: "Restore the board from a copy, or use the task that it was made with")
    }
    return task
  }

  /// The puzzles of a sealed benchmark with their answers; nil for any other.
  ///
  /// - Throws: a `GymError` if the secret seed was not given.
  func sealedPuzzles(of benchmark: Benchmark, task: any Task) throws -> SealedPuzzles? {
    guard benchmark.answers == .sealed else { return nil }
    guard let secretSeed else {
      throw GymError(
        "the answers to \(benchmark.name) are sealed", at: url.path,
        expected: "the secret seed, of which they are made again",
        remedy: "Whoever keeps it submits with --secret-seed FILE")
    }
    return SealedPuzzles(of: task, split: benchmark.split, seed: secretSeed)
  }

  /// Reads in one snapshot.
  func read<Value>(_ body: (GRDB.Database) throws -> Value) throws -> Value {
    try GymError.explaining(url.path) { try database.read(body) }
  }

  /// Writes in one transaction, which is on disk when this returns.
  func write<Value>(_ body: (GRDB.Database) throws -> Value) throws -> Value {
    guard let writer else {
      throw GymError("the board is open for reading only", at: url.path)
    }
    return try GymError.explaining(url.path) { try writer.write(body) }
  }
}
