import Dispatch
import Foundation
import Gym
import GymBoards
import GymJSON
import Synchronization

/// The pages of a leaderboard: plain files that work from disk and from any server.
///
/// Nothing in them is loaded from elsewhere. Without JavaScript they show rankings and charts; the
/// puzzle browser and the comparison of any two entries need it.
public struct LeaderboardSite: Sendable {
  private let board: any BoardReading
  private let title: String

  /// The pages of a board.
  ///
  /// - Parameter title: the heading of the list of several benchmarks.
  public init(board: any BoardReading, title: String = "Leaderboard") {
    self.board = board
    self.title = title
  }

  /// Writes the site to a folder, completely or not at all.
  ///
  /// A single benchmark has its pages in the folder itself, several have one folder each.
  ///
  /// - Parameters:
  ///   - folder: a new folder, an empty one, or a site made earlier.
  ///   - benchmarks: the benchmarks to show; nil for everything on the board whose tasks can be
  ///     made. The report lists those that are left out.
  ///   - progress: receives the finished share, on any thread.
  /// - Throws: a `GymError` if the folder contains something else or can't be written, and errors
  ///   of the board, such as the one of a task that cannot be made if nothing else is left to show.
  @discardableResult
  public func write(
    to folder: URL, benchmarks: [Benchmark]? = nil,
    progress: (@Sendable (Double) -> Void)? = nil
  ) throws -> SiteReport {
    let (benchmarks, leftOut) = try showable(benchmarks)
    let output = try SiteOutput(folder)
    do {
      leftOut.forEach(output.leaveOut)
      try output.write(Assets.style, to: "style.css")
      try output.write(Assets.puzzleScript, to: "puzzles.js")
      try output.write(Assets.pairScript, to: "pairs.js")
      try output.write(Assets.rankingScript, to: "ranking.js")
      try output.write(Assets.copyingScript, to: "copying.js")
      var folders: [BenchmarkFolder] = []
      for (index, (benchmark, task)) in benchmarks.enumerated() {
        let part = benchmarks.count == 1 ? "" : "b\(index + 1)/"
        let folder = try BenchmarkFolder(benchmark, of: task, on: board, under: part)
        try folder.write(to: output) {
          progress?((Double(index) + $0) / Double(benchmarks.count))
        }
        folders.append(folder)
      }
      let isList = benchmarks.count != 1
      let back = isList ? title : benchmarks[0].0.name
      let data = DataPage(root: "", back: .init(title: back, target: "index.html"))
      try output.write(data.page.text, to: "data.html")
      if isList { try writeList(folders, to: output) }
      progress?(1)
      return try output.finish()
    } catch {
      output.discard()
      throw error
    }
  }

  /// The first page of several benchmarks, and their results in one file.
  private func writeList(_ folders: [BenchmarkFolder], to output: SiteOutput) throws {
    let list = BenchmarkList(title: title, items: folders.map(\.item))
    try output.write(list.page.text, to: "index.html")
    let rankings = folders.map(\.ranking)
    try output.write(GymBoards.RankingTable.csv(of: rankings), to: "results.csv")
    let all = JSON.array(rankings.map(\.json.withoutCurves))
    try output.write(JSON.object(["benchmarks": all]).text() + "\n", to: "results.json")
  }

  /// The benchmarks to show with their tasks, which those without open puzzles do not need, and
  /// those on the board whose tasks cannot be made.
  private func showable(
    _ chosen: [Benchmark]?
  ) throws -> ([(Benchmark, (any Task)?)], [SiteReport.LeftOut]) {
    var shown: [(Benchmark, (any Task)?)] = []
    var leftOut: [SiteReport.LeftOut] = []
    for benchmark in try chosen ?? board.benchmarks() {
      do {
        let task =
          benchmark.isHeldBack ? try? board.task(of: benchmark) : try board.task(of: benchmark)
        shown.append((benchmark, task))
      } catch let error as GymError where chosen == nil {
        leftOut.append(.init(name: benchmark.name, error: error))
      }
    }
    if let first = leftOut.first, shown.isEmpty { throw first.error }
    return (shown, leftOut)
  }
}

/// A report on the files that were written.
public struct SiteReport: Sendable, Hashable {
  /// A benchmark without pages.
  public struct LeftOut: Sendable, Hashable, CustomStringConvertible {
    /// The benchmark's name.
    public let name: String
    /// Why its task cannot be made.
    public let error: GymError

    public var description: String { "\(name): \(error)" }
  }

  /// The number of files.
  public internal(set) var files = 0
  /// Their total size in bytes.
  public internal(set) var bytes = 0
  /// The largest file, by its path in the site.
  public internal(set) var largestFile = ""
  /// The size of the largest file in bytes.
  public internal(set) var largestBytes = 0
  /// The benchmarks without pages, since their tasks could not be made.
  public internal(set) var leftOut: [LeftOut] = []
  /// The page to open.
  public internal(set) var index: URL
}

/// Work on all cores.
enum Concurrently {
  /// Maps elements in order; the first error ends it.
  static func map<Element: Sendable, Result: Sendable>(
    _ elements: [Element], _ body: @Sendable (Element) throws -> Result,
    each: @Sendable (Int) -> Void
  ) throws -> [Result] {
    let state = Mutex(
      (results: [Result?](repeating: nil, count: elements.count), done: 0, error: Error?.none))
    DispatchQueue.concurrentPerform(iterations: elements.count) { index in
      guard state.withLock({ $0.error == nil }) else { return }
      do {
        let result = try body(elements[index])
        let done = state.withLock {
          $0.results[index] = result
          $0.done += 1
          return $0.done
        }
        each(done)
      } catch {
        state.withLock { $0.error = $0.error ?? error }
      }
    }
    let (results, error) = state.withLock { ($0.results, $0.error) }
    if let error { throw error }
    return results.compactMap { $0 }
  }
}
