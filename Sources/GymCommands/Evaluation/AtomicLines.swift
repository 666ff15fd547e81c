import Foundation
import Gym
import GymJSON

/// A JSON lines file that is written under a temporary name and renamed only when it is complete.
final class AtomicLines {
  let writer: JSONLinesWriter
  /// The path as the user gave it.
  private let path: String
  private let url: URL
  private let aside: URL
  private var failure: (any Error)?

  /// - Throws: a `GymError` if the file exists and may not be replaced, or cannot be written.
  init(_ path: String, replaces: Bool) throws {
    try OutputFile.check(path, replaces: replaces)
    self.path = path
    url = URL(fileURLWithPath: path)
    aside = url.deletingLastPathComponent()
      .appendingPathComponent(".\(UUID().uuidString).partial")
    do {
      writer = try JSONLinesWriter(to: aside, .new)
    } catch let error as JSONError {
      throw GymError(error.message, at: path, remedy: SystemFault(behind: error)?.remedy)
    }
  }

  /// Adds a line. If it cannot be written, the work still continues, and `finish` reports the
  /// error.
  func add(_ line: JSON) {
    guard failure == nil else { return }
    do { try writer.write(line) } catch { failure = error }
  }

  /// Moves the file into place.
  ///
  /// - Throws: a `GymError` if it, or an earlier line, could not be written.
  func finish() throws {
    do {
      if let failure { throw failure }
      try writer.close()
      try FileSystem.rename(aside, to: url)
    } catch let error as GymError {
      // The user does not know the temporary file.
      throw GymError(error.what, at: path, expected: error.expected, remedy: error.remedy)
    } catch {
      throw GymError.unwritten(path, SystemFault(behind: error) ?? error)
    }
  }

  deinit {
    // After `finish` the temporary file is gone.
    unlink(aside.path)
  }
}

/// A file that is deleted together with the object.
final class TemporaryFile {
  let url: URL

  init(_ ending: String) {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("reasongym-\(UUID().uuidString).\(ending)")
  }

  deinit { unlink(url.path) }
}
