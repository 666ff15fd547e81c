import Foundation
import Gym
import GymDatasets
import GymJSON

/// A file that keeps the results of long work, one line per part, so that it can continue after an
/// interruption.
///
/// The first line identifies the work (`of`). Resumed work does the same things in the same order,
/// and gets the lines back instead of doing them.
public final class Journal {
  /// The file's path.
  public let url: URL
  /// The number of lines after the first, including those found at the beginning.
  public private(set) var count = 0
  /// Why lines are no longer kept; nil while they are.
  public private(set) var failure: String?

  private let writer: JSONLinesWriter
  private let lock: FileLock
  private let reader: JSONLinesReader?
  private static let format = "reasongym-journal"

  /// Starts a file, or continues one.
  ///
  /// - Parameters:
  ///   - plan: the work and its parameters, as an object. A file is continued only if it began with
  ///     the same plan.
  ///   - resuming: whether to continue an existing file; otherwise none may exist.
  /// - Throws: a `GymError` or `JSONError` if the file cannot be written or belongs to other work.
  public init(_ url: URL, of plan: JSON, resuming: Bool) throws {
    self.url = url
    if resuming {
      guard FileManager.default.fileExists(atPath: url.path) else { throw Self.nothing(at: url) }
      // Whoever holds the lock may be in the middle of a line, which must not be repaired.
      lock = try FileLock(url)
      writer = try JSONLinesWriter(to: url, .repairing)
    } else {
      writer = try JSONLinesWriter(to: url, .new)
      lock = try FileLock(url)
    }
    guard resuming else {
      reader = nil
      try writer.write(["format": .string(Self.format), "version": 1, "of": plan])
      return
    }
    let lines = try JSONLinesReader(contentsOf: url)
    guard let head = try lines.next(), head["format"]?.string == Self.format else {
      throw Self.nothing(at: url)
    }
    let of = head["of"]?.object ?? [:]
    let changed = (plan.object?.names ?? []).filter { of[$0] != plan[$0] }
    guard changed.isEmpty, head["version"]?.integer == 1 else {
      throw GymError(
        "what was interrupted here is something else: other \(changed.joined(separator: ", "))",
        at: url.path, expected: "the same agents, puzzles and options",
        remedy: "Give the same arguments as then, or begin anew without --resume")
    }
    reader = lines
    let all = try JSONLinesReader(contentsOf: url)
    while try all.next() != nil { count += 1 }
    count -= 1
  }

  private static func nothing(at url: URL) -> GymError {
    GymError(
      "this contains nothing to continue", at: url.path,
      remedy: "Remove it, or leave --resume out")
  }

  /// A short name for a plan, by which its files can be found.
  public static func key(of plan: JSON) throws -> String {
    String(try FileDigest.text(ofBytes: plan.bytes()).prefix(8))
  }

  /// The next line that existed at the beginning.
  func next() throws -> JSON? { try reader?.next() }

  /// Adds a line. If it cannot be written, the work still continues, and `failure` says why it is
  /// not kept.
  func write(_ line: JSON) {
    guard failure == nil else { return }
    do {
      try writer.write(line)
      count += 1
    } catch {
      failure = error.reason
    }
  }
}
