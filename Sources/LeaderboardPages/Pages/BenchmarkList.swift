import Leaderboard

/// The first page of a board with several benchmarks: each with its leader.
struct BenchmarkList: Sendable {
  let title: String
  /// Each benchmark's ranking and its folder.
  let items: [(ranking: Ranking, folder: String)]

  var page: HTML {
    let cards = items.map { item -> HTML in
      let benchmark = item.ranking.benchmark
      return """
        <li><h2><a href="\(item.folder)/index.html"><bdi>\(benchmark.name)</bdi></a></h2>
        <p class="dim">\(benchmark.task.description) · \(Figures.count(benchmark.count)) puzzles · \
        \(Figures.count(item.ranking.standings.count)) entries</p>
        <p class="dim">\(item.ranking.puzzles.text)</p>
        \(leader(item.ranking))</li>

        """
    }
    let none: HTML = "<p>There is no benchmark on this board yet.</p>\n"
    return PageShell(
      title: title, root: "",
      footer: "Every answer on this board was judged by its task’s rules."
    ).page(
      """
      <h1>\(title)</h1>
      \(items.isEmpty ? none : "<ul class=\"cards\">\n\(cards.joined())</ul>\n")
      """)
  }

  private func leader(_ ranking: Ranking) -> HTML {
    guard let first = ranking.standings.first else { return "<p>No entries yet.</p>" }
    guard ranking.hasSolved else { return "<p>No entry solved a puzzle.</p>" }
    let tied = ranking.standings.count { $0.group == 0 } - 1
    return """
      <p><strong>\(Figures.percent(first.solved.share))</strong> \
      <bdi>\(first.entry.entrant.agent)</bdi>\(tied > 0 ? " and \(tied) tied" : "")</p>
      """
  }
}
