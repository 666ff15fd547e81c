import Foundation
import Gym
import Leaderboard

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
      var items: [(ranking: Ranking, folder: String)] = []
      for (index, (benchmark, task)) in benchmarks.enumerated() {
        let part = benchmarks.count == 1 ? "" : "b\(index + 1)/"
        let ranking = try write(benchmark, of: task, under: part, to: output) {
          progress?((Double(index) + $0) / Double(benchmarks.count))
        }
        items.append((ranking, "b\(index + 1)"))
      }
      if benchmarks.count != 1 {
        try output.write(BenchmarkList(title: title, items: items).page.text, to: "index.html")
      }
      progress?(1)
      return try output.finish()
    } catch {
      output.discard()
      throw error
    }
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
        shown.append((benchmark, benchmark.isHeldBack ? nil : try board.task(of: benchmark)))
      } catch let error as GymError where chosen == nil {
        leftOut.append(.init(name: benchmark.name, error: error))
      }
    }
    if let first = leftOut.first, shown.isEmpty { throw first.error }
    return (shown, leftOut)
  }

  private func write(
    _ benchmark: Benchmark, of task: (any Task)?, under part: String, to output: SiteOutput,
    progress: @escaping @Sendable (Double) -> Void
  ) throws -> Ranking {
    let isOnly = part.isEmpty
    let ranking = try Ranking(
      board.entries(of: benchmark.id), on: benchmark, ratings: board.ratings(of: benchmark.id))
    let report = BenchmarkReport(
      ranking: ranking, made: Date(), root: isOnly ? "" : "../", hasList: !isOnly)
    try output.write(report.overview.text, to: part + "index.html")
    if ranking.standings.count > 1 {
      try output.write(report.pairs.text, to: part + "pairs.html")
      try output.write(PairSection(ranking: ranking).data, to: part + "pairs-data.js")
    }
    guard let task else { return ranking }
    try output.write(report.browser.text, to: part + "puzzles.html")
    let puzzles = PuzzleFiles(
      board: board, ranking: ranking, painter: PuzzlePainter(task: task))
    try puzzles.write(to: output, under: part, progress: progress)
    return ranking
  }
}
