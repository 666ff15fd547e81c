import GymEvaluation
import Leaderboard

/// How accuracy falls with the puzzles' rating: a chart of the best, a table of all.
struct RatingSection: Sendable {
  let ranking: Ranking

  var html: HTML {
    guard let parts = ranking.standings.first?.byRating, parts.count > 1 else { return "" }
    let shown = ranking.standings.chosenForCharts
    let chart = LineChart(
      name: "rating",
      title: "Puzzles solved by level of difficulty, for "
        + shown.map(\.entry.entrant.agent).joined(separator: ", ") + ". The table has all.",
      lines: shown.map(line), xTitle: "Difficulty", categories: parts.map(\.name),
      marksPoints: true)
    let choice =
      shown.count < ranking.standings.count
      ? " The chart has the best entry of the \(shown.count) best agents." : ""
    return """
      <p>Puzzles by the task’s own levels, easiest first; whiskers are 95\u{A0}% intervals.\
      \(choice)</p>
      <figure>\(chart.svg)\(chart.legend)</figure>
      <details><summary>All entries as a table</summary>
      <div class="scroll" tabindex="0" role="region" aria-label="Accuracy by difficulty">
      <table class="heat"><caption class="unseen">Share of puzzles solved by difficulty</caption>
      <thead><tr><th scope="col">Agent</th>\(parts.map(head).joined())</tr></thead>
      <tbody>
      \(ranking.standings.map(row).joined())</tbody></table></div></details>

      """
  }

  private func line(_ standing: Standing) -> LineChart.Line {
    LineChart.Line(
      name: standing.entry.entrant.agent,
      points: standing.byRating.enumerated().map { index, part in
        .init(x: Double(index), y: part.solved.share, interval: part.solved.interval())
      })
  }

  private func head(_ part: Score.Part) -> HTML {
    """
    <th scope="col" class="number">\(part.name)<br><small>\(Figures.count(part.solved.count))\
    </small></th>
    """
  }

  private func row(_ standing: Standing) -> HTML {
    let cells = standing.byRating.map { part -> HTML in
      let shade = Int((part.solved.share * 10).rounded(.down))
      let share = Figures.percent(part.solved.share)
      return "<td class=\"number h\(min(10, max(0, shade)))\">\(share)</td>"
    }
    return """
      <tr><th scope="row" class="agent"><bdi>\(standing.entry.entrant.agent)</bdi></th>\
      \(cells.joined())</tr>

      """
  }
}

extension [Standing] {
  /// The best entry of each of the best agents, as many as a line chart can show.
  var chosenForCharts: [Standing] {
    var names: Set<String> = []
    return Array(
      filter { names.insert($0.entry.entrant.agent).inserted }
        .prefix(BenchmarkReport.shownInCharts))
  }
}
