import Foundation
import GymBoards
import GymReports

/// The first page of a board with several benchmarks: all agents on all of them, and the newest
/// entries.
struct BenchmarkList: Sendable {
  /// A benchmark with its pages.
  struct Item: Sendable {
    let ranking: Ranking
    /// Its folder, with a slash at the end.
    let folder: String
    let words: TaskWords?
    let sample: StillDrawing?
  }

  let title: String
  let items: [Item]

  var page: HTML {
    let none: HTML = "<p>There is no benchmark on this board yet.</p>\n"
    let body: HTML = """
      \(AgentMatrix(items: items).html)
      <section aria-labelledby="asked-title"><h2 id="asked-title">The benchmarks</h2>
      <ul class="cards">
      \(items.map(card).joined())</ul></section>
      \(newest)
      <section aria-labelledby="data-title"><h2 id="data-title">Data</h2>
      <p>All entries of all benchmarks as <a href="results.csv" download>CSV</a> and \
      <a href="results.json" download>JSON</a>. <a href="data.html">Data and API</a> explains \
      these files and the server’s API for programs.</p></section>

      """
    return PageShell(
      title: title, root: "",
      footer: "Every answer on this board was judged by its task’s rules."
    ).page("<h1>\(title)</h1>\n\(items.isEmpty ? none : body)")
  }

  private func card(_ item: Item) -> HTML {
    let benchmark = item.ranking.benchmark
    let learners = item.ranking.contenders.count { $0.kind == .learner }
    let agents =
      learners == 0
      ? "no agent that learned yet"
      : "\(learners) \(learners == 1 ? "agent" : "agents") that learned"
    let ratings = item.ranking.puzzles.ratings.map { " · \($0)" } ?? ""
    let picture: HTML =
      item.sample.map { "<div class=\"picture\">\($0.html)</div>" } ?? ""
    return """
      <li>\(picture)<div><h3><a href="\(item.folder)index.html"><bdi>\(benchmark.name)</bdi></a></h3>
      <p>\(item.words?.rules ?? "")</p>
      <p class="dim">\(benchmark.task.description) · \(Figures.count(benchmark.count)) puzzles\
      \(ratings) · \(agents)</p>\(best(item))</div></li>

      """
  }

  /// The best agent that learned, its cost, and links to its command and to the puzzles on which
  /// agents differ.
  private func best(_ item: Item) -> HTML {
    let ranking = item.ranking
    let pairs: HTML =
      ranking.standings.count < 2
      ? "" : " · <a href=\"\(item.folder)pairs.html\">Where agents differ</a>"
    guard let best = ranking.bestLearner else { return "" }
    let cost: HTML =
      ReproductionOfBest(ranking: ranking, best: best).cost.map { "; training took \($0)" } ?? ""
    return """
      <p>Best: <a href="\(item.folder)\(ranking.standings[best.members[0]].entry.page)"><bdi>\
      \(best.agent)</bdi></a>, \(Figures.percent(best.accuracy.mean)) solved\(cost).<br>\
      <a href="\(item.folder)index.html#reproduce">How to reproduce it</a>\(pairs)</p>
      """
  }

  private var newest: HTML {
    let all = items.flatMap { item in
      item.ranking.standings.map { (standing: $0, item: item) }
    }.sorted { $0.standing.entry.submitted > $1.standing.entry.submitted }
    guard !all.isEmpty else { return "" }
    let rows = all.prefix(10).map { standing, item -> HTML in
      let entry = standing.entry
      return """
        <tr><td class="date">\(Figures.day(entry.submitted))</td><th scope="row" class="agent">\
        <a href="\(item.folder)\(entry.page)"><bdi>\(entry.participant.label)</bdi></a></th>\
        <td><bdi>\(item.ranking.benchmark.name)</bdi></td>\
        <td class="number share">\(Figures.percent(standing.solved.share))</td></tr>

        """
    }
    return """
      <section aria-labelledby="newest-title"><h2 id="newest-title">Newest entries</h2>
      <div class="scroll" tabindex="0" role="region" aria-label="Table of the newest entries">
      <table class="newest"><thead><tr><th scope="col">Date</th><th scope="col">Agent</th>\
      <th scope="col">Benchmark</th><th scope="col" class="number">Solved</th></tr></thead><tbody>
      \(rows.joined())</tbody></table></div></section>

      """
  }
}
