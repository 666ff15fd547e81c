import Foundation
import Gym
import GymJSON
import GymTraining

/// The partial results of a command, in a journal that is kept if the command is interrupted and
/// removed when it is done.
///
/// The journal of a command that writes a file is beside that file, as FILE.partial. Otherwise it
/// is a temporary file, which is moved to the current folder; --resume finds it there by the
/// command's parameters.
final class KeptWork: Sendable {
  /// The path of the journal now and later; nil if it cannot be written.
  private let place: Place?
  // Used only by the working thread.
  nonisolated(unsafe) let journal: Journal?

  private struct Place: Sendable {
    let working: URL
    /// The paths that --resume tries, best first.
    let kept: [URL]
  }

  /// - Parameters:
  ///   - kind: the command, such as `evaluation`.
  ///   - plan: the parameters of the work.
  ///   - file: the file that the command writes at the end, if any.
  /// - Throws: a `GymError` if there is unfinished work to keep, or other work than the one to
  ///   resume.
  init(
    _ kind: String, of plan: JSON, beside file: String?, resumes: Bool, replaces: Bool,
    line: ProgressLine
  ) throws {
    let kept = try file.map { [URL(fileURLWithPath: $0 + ".partial")] } ?? Self.places(kind, plan)
    let found = kept.first { FileManager.default.fileExists(atPath: $0.path) }
    if resumes, let found {
      let journal = try Journal(found, of: plan, resuming: true)
      (self.journal, place) = (journal, Place(working: found, kept: [found]))
      line.note("Continuing the work kept in \(Self.shown(found)).")
      return
    }
    if resumes { line.note("Nothing is kept of this \(kind): it begins.") }
    if let found {
      guard file == nil else {
        guard replaces else {
          throw GymError(
            "an unfinished \(kind) is here", at: found.path,
            remedy: "Pass --resume to continue it, or --force to start over")
        }
        unlink(found.path)
        (journal, place) = Self.begin(found, kept: [found], plan, line)
        return
      }
      line.note(
        "An interrupted \(kind) of the same is kept in \(Self.shown(found)): --resume continues it."
      )
    }
    let working =
      file == nil
      ? FileManager.default.temporaryDirectory
        .appendingPathComponent("reasongym-\(UUID().uuidString).partial") : kept[0]
    (journal, place) = Self.begin(working, kept: kept, plan, line)
  }

  private static func begin(
    _ working: URL, kept: [URL], _ plan: JSON, _ line: ProgressLine
  ) -> (Journal?, Place?) {
    do {
      return (
        try Journal(working, of: plan, resuming: false), Place(working: working, kept: kept)
      )
    } catch {
      // A truncated first line is useless.
      unlink(working.path)
      line.note("Nothing is kept for --resume: \(error)")
      return (nil, nil)
    }
  }

  /// The folders for work that writes no file: the current one, otherwise the temporary one.
  private static func places(_ kind: String, _ plan: JSON) throws -> [URL] {
    let name = "\(kind)-\(try Journal.key(of: plan)).partial"
    return [
      URL(fileURLWithPath: name),
      FileManager.default.temporaryDirectory.appendingPathComponent(
        "reasongym-\(getuid())-\(name)"),
    ]
  }

  /// Leaves the journal where --resume finds it, unless a longer one of the same work is there. One
  /// without work is removed: it would be in the way of the same command.
  ///
  /// - Returns: its path; nil if there is none.
  func keep() -> String? {
    guard let place, FileManager.default.fileExists(atPath: place.working.path) else { return nil }
    guard Self.holdsWork(place.working) else {
      unlink(place.working.path)
      return place.kept.first { FileManager.default.fileExists(atPath: $0.path) }.map(Self.shown)
    }
    if place.kept.contains(place.working) { return Self.shown(place.working) }
    // An earlier interruption of the same work may have left more.
    if let more = place.kept.first(where: { Self.size($0) > Self.size(place.working) }) {
      unlink(place.working.path)
      return Self.shown(more)
    }
    for target in place.kept where Self.move(place.working, to: target) {
      return Self.shown(target)
    }
    return nil
  }

  /// Removes the journal: the work is done, or there is none.
  func remove() {
    if let place { unlink(place.working.path) }
  }

  /// Whether a journal goes on after its first line, which only says what it is of.
  private static func holdsWork(_ file: URL) -> Bool {
    guard let bytes = try? Data(contentsOf: file, options: .mappedIfSafe) else { return true }
    return bytes.firstIndex(of: 0x0A).map { $0 + 1 < bytes.endIndex } ?? false
  }

  /// The bytes of a file; 0 if there is none.
  private static func size(_ file: URL) -> Int {
    var status = stat()
    return stat(file.path, &status) == 0 ? Int(status.st_size) : 0
  }

  private static func move(_ file: URL, to target: URL) -> Bool {
    if rename(file.path, target.path) == 0 { return true }
    // Another file system, or a folder without write permission.
    let aside = target.path + "-\(UUID().uuidString)"
    do {
      try FileManager.default.copyItem(atPath: file.path, toPath: aside)
    } catch {
      unlink(aside)
      return false
    }
    guard rename(aside, target.path) == 0 else {
      unlink(aside)
      return false
    }
    unlink(file.path)
    return true
  }

  /// The path, relative to the current folder if possible.
  private static func shown(_ url: URL) -> String {
    let folder = FileManager.default.currentDirectoryPath + "/"
    return url.path.hasPrefix(folder) ? String(url.path.dropFirst(folder.count)) : url.path
  }
}

/// The report on interrupted work: its progress, never a score.
struct InterruptionReport: Sendable {
  /// A readable description of the work; empty until it is known.
  var title = ""
  /// The members that the complete report would begin with.
  var members: JSONObject = [:]
  /// The number of answers so far.
  var answered = 0
  /// The total number of answers; nil until it is known.
  var total: Int?
  /// The number of right answers, if that makes sense.
  var solved: Int?
  /// The unit that is counted.
  var unit = "puzzles"
  /// Whether to print it as JSON.
  let isJSON: Bool

  init(json: Bool) {
    isJSON = json
  }

  /// Prints the report.
  ///
  /// - Parameters:
  ///   - kept: the file for --resume; nil if there is none.
  ///   - failure: why some of the work is not kept.
  func say(kept: String?, failure: String? = nil) {
    if isJSON {
      var members = members
      members["interrupted"] = true
      members["answered"] = JSON(answered)
      members["total"] = total.map { JSON($0) } ?? .null
      if let solved { members["solved"] = JSON(solved) }
      members["kept"] = kept.map { .string($0) } ?? .null
      if let failure { members["not-kept"] = .string(failure) }
      return print(JSON.object(members).text(.pretty))
    }
    if !title.isEmpty { print("\(title)\n") }
    print(count)
    if let failure { print("Not everything is kept: \(failure)") }
    if let kept {
      print("The finished part is kept in \(kept); the same command with --resume continues.")
    } else {
      print("Nothing is kept; the same command starts over.")
    }
  }

  private var count: String {
    guard let total else { return "Interrupted before the first of the \(unit)." }
    let right = solved.map { ", of which \($0) are solved" } ?? ""
    return "Interrupted after \(answered) of \(total) \(unit)\(answered > 0 ? right : ""). "
      + "This is not the score of the whole."
  }
}
