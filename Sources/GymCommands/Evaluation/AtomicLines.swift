import Foundation
import Gym
import GymJSON

/// A JSON lines file that is written under a temporary name and renamed only when it is complete.
final class AtomicLines {
  let writer: JSONLinesWriter
  private let url: URL
  private let aside: URL
  private var failure: (any Error)?

  /// - Throws: a `GymError` if the file exists and may not be replaced.
  init(_ path: String, replaces: Bool) throws {
    url = URL(fileURLWithPath: path)
    try FileManager.default.checkFree(url.path, force: replaces)
    aside = url.deletingLastPathComponent()
      .appendingPathComponent(".\(UUID().uuidString).partial")
    do {
      writer = try JSONLinesWriter(to: aside, .new)
    } catch let error as JSONError {
      throw GymError(
        error.message, at: url.path, remedy: SystemFault(behind: error)?.remedy)
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
      if let failure { throw SystemFault(behind: failure) ?? failure }
      try writer.close()
      try FileSystem.rename(aside, to: url)
    } catch {
      throw GymError.unwritten(url.path, error)
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

extension FileManager {
  /// Checks in advance that a file may be written later.
  ///
  /// - Throws: a `GymError` if it exists and `force` does not allow replacing it.
  func checkFree(_ path: String?, force: Bool) throws {
    guard let path, !force, fileExists(atPath: path) else { return }
    throw GymError(
      "there is a file already", at: path, remedy: "Replace it by --force, or name another")
  }
}
