import GRDB
import Gym

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
