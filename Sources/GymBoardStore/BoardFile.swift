import Foundation
import GRDB
import Gym
import GymJSON

/// The file of a board: created completely or not at all, and checked before it is used.
enum BoardFile {
  /// Creates an empty board.
  ///
  /// It is created under a temporary name and renamed when it is complete, so that nobody finds
  /// half a board.
  ///
  /// - Throws: a `GymError` if the file already exists.
  static func create(_ url: URL) throws {
    let aside = url.deletingLastPathComponent()
      .appendingPathComponent(".\(UUID().uuidString).partial")
    defer {
      for suffix in ["", "-wal", "-shm"] { unlink(aside.path + suffix) }
    }
    try GymError.explaining(url.path) {
      let pool = try DatabasePool(path: aside.path, configuration: configuration(readonly: false))
      try Schema.migrator.migrate(pool)
      // Transfers everything from the log into the file, since only the file is renamed.
      _ = try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
      try pool.close()
    }
    guard link(aside.path, url.path) == 0 else {
      guard errno == EEXIST else {
        throw GymError.unwritten(url.path, SystemFault(), "the board cannot be made")
      }
      throw GymError("the board cannot be made: there is a file already", at: url.path)
    }
    try FileSystem.synchronize(url.deletingLastPathComponent())
  }

  /// Checks a board without changing it: that it is one, with a schema that this program knows, and
  /// that SQLite finds it intact.
  static func check(_ url: URL) throws {
    try checkMagic(url)
    try GymError.explaining(url.path) {
      let queue = try DatabaseQueue(
        path: url.path, configuration: configuration(readonly: true))
      try queue.read { db in
        let application = try Int.fetchOne(db, sql: "PRAGMA application_id")
        guard application == Schema.applicationID else {
          throw GymError(
            "this SQLite file is not a leaderboard; it was left unchanged", at: url.path,
            expected: "a board made by `reasongym leaderboard create`")
        }
        let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        guard (1...Schema.version).contains(version) else {
          throw GymError(
            "the board has schema \(version); it was left unchanged", at: url.path,
            expected: "1...\(Schema.version)", remedy: "Use the newer program that wrote it")
        }
        let finding = try String.fetchOne(db, sql: "PRAGMA quick_check(1)")
        guard finding == "ok" else {
          throw GymError(
            "the board is damaged (\(finding ?? "no answer")); it was left unchanged",
            at: url.path,
            remedy: "Restore it from a copy, or import its entries from another board")
        }
      }
      try queue.close()
    }
  }

  /// The configuration of every connection to a board.
  static func configuration(readonly: Bool) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = readonly
    configuration.foreignKeysEnabled = true
    // A process that is judging holds no lock; one that writes holds it for milliseconds.
    configuration.busyMode = .timeout(30)
    return configuration
  }

  private static func checkMagic(_ url: URL) throws {
    var status = stat()
    guard stat(url.path, &status) == 0 else {
      throw GymError(
        "there is no board", at: url.path,
        remedy: "Make one by `reasongym leaderboard create`")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw GymError("this is not a file", at: url.path, expected: "a leaderboard")
    }
    let handle: FileHandle
    do {
      handle = try FileHandle(forReadingFrom: url)
    } catch {
      throw GymError("the board cannot be read: \(error.reason)", at: url.path)
    }
    defer { try? handle.close() }
    guard let bytes = try? handle.read(upToCount: 16), bytes == Data("SQLite format 3\0".utf8)
    else {
      throw GymError(
        "this is not a leaderboard; it was left unchanged", at: url.path, expected: "a SQLite file")
    }
  }
}

extension GymError {
  /// The result of a function, with SQLite's errors turned into helpful ones.
  ///
  /// - Parameter path: the board's file, for messages.
  static func explaining<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw GymError(error, path: path)
    } catch let error where error is RowDecodingError || error is DecodingError {
      throw GymError(
        "the board is damaged (\(error)); it was left unchanged", at: path,
        remedy: "Restore it from a copy, or import its entries from another board")
    }
  }

  private init(_ error: DatabaseError, path: String) {
    let words = error.message ?? "SQLite's error \(error.resultCode.rawValue)"
    switch error.resultCode {
    case .SQLITE_NOTADB, .SQLITE_CORRUPT:
      self.init(
        "the board is damaged (\(words)); it was left unchanged", at: path,
        remedy: "Restore it from a copy, or import its entries from another board")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      self.init(
        "another process is writing to the board for too long", at: path, remedy: "Try again")
    case .SQLITE_FULL:
      self.init(
        "the disk is full; what was to be added is not kept", at: path,
        remedy: "Make room and try again")
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CANTOPEN:
      self.init(
        "the board cannot be opened or written: \(words)", at: path,
        remedy: "See that you may write to the file and its folder, and that its disk has room")
    case .SQLITE_IOERR:
      self.init(
        "the disk failed while the board was used: \(words)", at: path,
        remedy: "See that its disk has room and is in order, and try again")
    default:
      self.init("the board cannot be used: \(words)", at: path)
    }
  }
}
