import Dispatch
import Foundation
import Gym
import GymBoardPages
import GymBoards
import GymJSON
import Synchronization

/// The served pages, regenerated in the background when the board has changed.
final class ServedSite: Sendable {
  /// A file of the site.
  struct File: Sendable {
    let url: URL
    let type: String
  }

  private struct State {
    var files: [String: File] = [:]
    var made = Content()
    /// How often the pages were made.
    var number = 0
    var checked = ContinuousClock.Instant.now
  }

  /// The parts of a board that can change: benchmarks, and the participants of their entries.
  private struct Content: Equatable {
    var benchmarks: [Benchmark] = []
    var participants: [[Participant]] = []
    var entries: [[Entry.ID]] = []
  }

  private let board: any BoardReading
  private let title: String
  private let folder: URL
  private let log: @Sendable (String) -> Void
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "pages")

  init(
    board: any BoardReading, title: String, folder: URL, log: @escaping @Sendable (String) -> Void
  ) {
    (self.board, self.title) = (board, title)
    (self.folder, self.log) = (folder, log)
  }

  /// The file for a request's path. Only files of the site can be named, so no path leads outside.
  func file(_ path: String) -> File? {
    let name = path.hasSuffix("/") ? path + "index.html" : path
    return state.withLock { $0.files[name] }
  }

  /// Generates the pages now, in a folder of their own: requests may still read the last ones.
  func make() throws {
    let number = state.withLock { $0.number } + 1
    let folder = folder.appendingPathComponent("site-\(number)")
    let content = try content()
    let report = try LeaderboardSite(board: board, title: title).write(to: folder)
    for benchmark in report.leftOut { log("left out of the pages: \(benchmark)") }
    let root = folder.resolvingSymlinksInPath()
    var files: [String: File] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: root.path) {
      let url = root.appendingPathComponent(path)
      guard let type = Self.types[url.pathExtension] else { continue }
      files["/" + path] = File(url: url, type: type)
    }
    state.withLock { $0 = State(files: files, made: content, number: number) }
    // Nothing is lost if this fails: the whole folder goes with the server.
    try? FileManager.default.removeItem(
      at: self.folder.appendingPathComponent("site-\(number - 2)"))
  }

  private func content() throws -> Content {
    let benchmarks = try board.benchmarks()
    let entries = try benchmarks.map { try board.entries(of: $0.id) }
    return Content(
      benchmarks: benchmarks, participants: entries.map { $0.map(\.participant) },
      entries: entries.map { $0.map(\.id) })
  }

  /// Checks in the background, not too often, whether the board has changed.
  func refresh(force: Bool = false) {
    let isDue = state.withLock { state in
      guard force || state.checked.duration(to: .now) > .seconds(10) else { return false }
      state.checked = .now
      return true
    }
    guard isDue else { return }
    queue.async { [self] in
      do {
        if try content() != state.withLock({ $0.made }) { try make() }
      } catch {
        log("the pages were not updated: \(error)")
      }
    }
  }

  private static let types = [
    "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
    "json": "application/json", "jsonl": "application/jsonl", "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8", "tex": "text/plain; charset=utf-8",
  ]
}

extension Benchmark {
  /// The benchmark in the API's form.
  var served: JSON {
    [
      "id": .string(id), "name": .string(name), "task": .string(task.description),
      "split": .string(split), "puzzles": JSON(count), "data-hash": .string(dataHash),
      "held-back": .bool(isHeldBack), "created": .string(created.formatted(.iso8601)),
    ]
  }
}

extension Ranking {
  /// The ranking in the API's form, best first.
  var served: JSON {
    ["benchmark": benchmark.served, "standings": .array(standings.map(\.served))]
  }
}

extension Standing {
  fileprivate var served: JSON {
    let interval = solved.interval()
    let usage = entry.participant.usage
    return [
      "entry": .string(entry.id), "agent": .string(entry.participant.agent),
      "seed": entry.participant.seed.map { .string(String($0)) } ?? .null,
      "uses-rules": .bool(entry.participant.usesRules),
      "without-demonstrations": .bool(entry.participant.ignoresDemonstrations),
      "rank": JSON(rank),
      "rank-range": [
        JSON(rankRange.lowerBound), JSON(rankRange.upperBound),
      ],
      "solved": JSON(solved.successes), "puzzles": JSON(solved.count),
      "interval": [.number(interval.lowerBound), .number(interval.upperBound)],
      "ledger": usage.json, "submitted": .string(entry.submitted.formatted(.iso8601)),
    ]
  }
}
