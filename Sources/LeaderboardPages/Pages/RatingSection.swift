import GymEvaluation
import GymReports
import Leaderboard

/// How accuracy falls with the puzzles' rating: a chart of the best, a table of all.
struct RatingSection: Sendable {
  let ranking: Ranking
  let colors: AgentColors

  private var shown: [Standing] { ranking.standings.chosenForCharts }

  /// The chart; nil if the puzzles are not of several levels.
  var chart: ChartFile? {
    guard let parts = ranking.standings.first?.byRating, parts.count > 1 else { return nil }
    let chart = LineChart(
      name: "rating",
      title: "Puzzles solved by level of difficulty, for "
        + shown.map(\.entry.participant.agent).joined(separator: ", ") + ". The table has all.",
      lines: shown.map(line), xTitle: "Difficulty", categories: parts.map(\.name),
      marksPoints: true)
    return ChartFile(
      chart: chart,
      caption: "Share of puzzles of \(ranking.benchmark.name) solved completely, by the task’s "
        + "levels of difficulty, easiest first; whiskers are 95 % intervals (Wilson).")
  }

  var html: HTML {
    guard let chart, let parts = ranking.standings.first?.byRating else { return "" }
    let choice =
      shown.count < ranking.standings.count
      ? " The chart has the best entry of the \(shown.count) best agents." : ""
    return """
      <p>Puzzles by the task’s own levels, easiest first; whiskers are 95\u{A0}% intervals.\
      \(choice)</p>
      \(chart.figure)
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
      name: standing.entry.participant.agent, style: colors[standing.entry.participant.agent],
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
      <tr><th scope="row" class="agent">\(colors.swatch(standing.entry.participant.agent))\
      <bdi>\(standing.entry.participant.agent)</bdi></th>\
      \(cells.joined())</tr>

      """
  }
}

extension [Standing] {
  /// The best entry of each of the best agents, as many as a line chart can show; agents that were
  /// given the rules, or only count, come after those that learned.
  var chosenForCharts: [Standing] {
    var names: Set<String> = []
    let isReference = { (standing: Standing) in standing.entry.participant.kind.isReference }
    return Array(
      (filter { !isReference($0) } + filter(isReference))
        .filter { names.insert($0.entry.participant.agent).inserted }
        .prefix(BenchmarkReport.shownInCharts))
  }
}
