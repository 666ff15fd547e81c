import Foundation
import GRDB
import Gym
import JSON
import Leaderboard

/// A leaderboard in a SQLite file, which several threads and processes may use at once.
///
/// What a writing function returns from is on disk: the log is synchronised with every
/// transaction. Reading sees whole submissions only.
public final class Board: BoardWriting {
  /// Makes the task of a benchmark from its identifier and settings.
  public typealias TaskMaker = @Sendable (PluginID, JSON) throws -> any Task

  /// What a board is opened for.
  public enum Access: Sendable {
    /// Looking: the file stays as it is, whoever else writes to it.
    case reading
    /// Submitting too: an older board is brought to the newest schema.
    case writing
  }

  /// The board's file.
  public let url: URL
  let database: any DatabaseReader
  private let writer: DatabasePool?
  private let makeTask: TaskMaker
  private let secretSeed: SecretSeed?

  /// Makes an empty board and opens it for writing.
  ///
  /// - Throws: a `GymError` if a file is there already.
  public static func create(_ url: URL, tasks: @escaping TaskMaker) throws -> Board {
    try BoardFile.create(url)
    return try Board(url, for: .writing, tasks: tasks)
  }

  /// Opens a board, after a look at the whole file.
  ///
  /// - Parameter secretSeed: what submissions to a sealed benchmark are judged with.
  /// - Throws: a `GymError` if the file is missing, damaged, of a newer program or no board; it
  ///   is left as it is.
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
        // In write-ahead mode the usual NORMAL may lose the last transactions with the power.
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        try Schema.migrator.migrate(pool)
        return pool
      }
      (writer, database) = (pool, pool)
    }
  }

  /// Takes what is in the log into the file, as far as nobody still reads it there, and closes
  /// both. Nothing can be done with the board afterwards.
  public func close() throws {
    try GymError.explaining(url.path) {
      _ = try writer?.writeWithoutTransaction { try $0.checkpoint(.passive) }
      try database.close()
    }
  }

  public func task(of benchmark: Benchmark) throws -> any Task {
    try makeTask(benchmark.task, benchmark.settings)
  }

  /// The puzzles of a sealed benchmark with their answers; nil of any other.
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
