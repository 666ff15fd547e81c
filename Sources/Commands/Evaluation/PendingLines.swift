import Foundation
import Gym
import JSON

/// A JSON lines file that is written aside and stands in its place only when it is whole.
final class PendingLines {
  let writer: JSONLinesWriter
  private let url: URL
  private let aside: URL

  /// - Throws: a `GymError` where a file is there already and is not to be replaced.
  init(_ path: String, replaces: Bool) throws {
    url = URL(fileURLWithPath: path)
    try FileManager.default.checkFree(url.path, force: replaces)
    aside = url.deletingLastPathComponent()
      .appendingPathComponent(".\(UUID().uuidString).partial")
    writer = try JSONLinesWriter(to: aside, .new)
  }

  /// Puts the file in its place.
  func finish() throws {
    try writer.close()
    guard rename(aside.path, url.path) == 0 else {
      throw GymError("cannot be written: \(String(cString: strerror(errno)))", at: url.path)
    }
  }

  deinit {
    // After `finish` nothing is there any more.
    unlink(aside.path)
  }
}
