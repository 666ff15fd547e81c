import Foundation
import Gym
import GymBoards
import GymReports

/// Writes the pages of one benchmark: overview, pairs, entries, puzzles, files of results.
struct BenchmarkFolder: Sendable {
  let board: any BoardReading
  let ranking: Ranking
  /// The folder within the site: "" or "b1/".
  let part: String
  /// The task; nil if it cannot be made here, whose puzzles are then not shown.
  let task: (any Task)?
  let report: BenchmarkReport

  /// - Throws: errors of the board.
  init(
    _ benchmark: Benchmark, of task: (any Task)?, on board: any BoardReading, under part: String
  ) throws {
    self.board = board
    self.task = task
    self.part = part
    ranking = try Ranking(
      board.entries(of: benchmark.id), on: benchmark, ratings: board.ratings(of: benchmark.id))
    let telling = TellingPuzzle.index(ranking)
    let example = try board.puzzles(of: benchmark.id, in: telling..<telling + 1).first
    let sample = task.flatMap { task in
      example.map { example in
        StillDrawing(
          drawing: task.draw(example.question, answer: nil),
          title: "A puzzle of \(benchmark.name)", id: "sample-\(benchmark.id.prefix(8))")
      }
    }
    report = BenchmarkReport(
      ranking: ranking, made: Date(), root: part.isEmpty ? "" : "../", hasList: !part.isEmpty,
      colors: AgentColors(ranking), words: task.map(TaskWords.init),
      sample: sample.map { ($0, benchmark.isHeldBack ? nil : telling) })
  }

  /// The benchmark on the site's first page.
  var item: BenchmarkList.Item {
    BenchmarkList.Item(
      ranking: ranking, folder: part, words: report.words, sample: report.sample?.drawing)
  }

  /// Writes everything.
  func write(to output: SiteOutput, progress: @escaping @Sendable (Double) -> Void) throws {
    try output.write(report.overview.text, to: part + "index.html")
    if ranking.standings.count > 1 {
      try output.write(report.pairs.text, to: part + "pairs.html")
      let pairs = PairSection(ranking: ranking, colors: report.colors)
      try output.write(pairs.data, to: part + "pairs-data.js")
    }
    if !ranking.standings.isEmpty {
      for file in DataSection(ranking: ranking, root: report.root).files {
        try output.write(file.text, to: part + file.path)
      }
    }
    try write(report.charts, to: output)
    var tallies: [EntryTally] = []
    var areWritten = false
    if let task, !ranking.benchmark.isHeldBack {
      try output.write(report.browser.text, to: part + "puzzles.html")
      let puzzles = PuzzleFiles(board: board, ranking: ranking, painter: PuzzlePainter(task: task))
      (tallies, areWritten) = try puzzles.write(to: output, under: part, progress: progress)
    }
    for index in ranking.standings.indices {
      let entry = ranking.standings[index].entry
      let page = EntryPage(
        ranking: ranking, index: index, colors: report.colors,
        tally: tallies.indices.contains(index) ? tallies[index] : nil,
        predictions: areWritten ? PuzzleFiles.predictionsFile(entry) : nil, root: report.root,
        footer: report.footer)
      try output.write(page.page.text, to: part + entry.page)
      try write(page.charts, to: output)
    }
  }

  private func write(_ charts: [ChartFile], to output: SiteOutput) throws {
    for chart in charts { try output.write(chart.text, to: part + chart.path) }
  }
}
