import Foundation
import Gym
import JSON

/// A file in which a long work keeps what it has come to, a line for each part, so that it goes on
/// where it was when it was interrupted.
///
/// The first line says what the work is (`of`). Work that goes on does the same things in the same
/// order again, and is given the lines back instead of doing them.
public final class Journal {
  /// Where the file lies.
  public let url: URL
  /// The number of lines behind the first, those found at the beginning among them.
  public private(set) var count = 0
  /// Why lines are no longer kept; nil as long as they are.
  public private(set) var failure: String?

  private let writer: JSONLinesWriter
  private let lock: FileLock
  private let reader: JSONLinesReader?
  private static let format = "reasongym-journal"

  /// Begins a file, or goes on with one.
  ///
  /// - Parameters:
  ///   - plan: what is done and how, an object. A file is gone on with only if it began with the
  ///     same.
  ///   - resuming: whether to go on with what is there; otherwise nothing may be there.
  /// - Throws: a `GymError` or `JSONError` if the file cannot be written or is of something else.
  public init(_ url: URL, of plan: JSON, resuming: Bool) throws {
    self.url = url
    writer = try JSONLinesWriter(to: url, resuming ? .repairing : .new)
    lock = try FileLock(url)
    guard resuming else {
      reader = nil
      try writer.write(["format": .string(Self.format), "version": 1, "of": plan])
      return
    }
    let lines = try JSONLinesReader(contentsOf: url)
    guard let head = try lines.next(), head["format"]?.string == Self.format else {
      throw GymError(
        "this holds nothing to go on with", at: url.path,
        remedy: "Remove it, or leave --resume out")
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

  /// The short name of a plan, for files that are found by it.
  public static func key(of plan: JSON) throws -> String {
    String(FileHash.sha256(of: try plan.bytes()).prefix(8))
  }

  /// The next line that was there at the beginning.
  func next() throws -> JSON? { try reader?.next() }

  /// Adds a line. If it cannot be written the work still goes on, and `failure` says why it is not
  /// kept.
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
