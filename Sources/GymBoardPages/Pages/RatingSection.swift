import GymBoards
import GymEvaluation
import GymReports

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
      ? " The chart shows the \(shown.count) best agents; of several seeds, the best run is drawn."
      : ""
    return """
      <p>Share of puzzles solved at each of the task’s own levels, easiest first. Whiskers are \
      95\u{A0}% intervals from the number of puzzles.\(choice)</p>
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
      <bdi>\(standing.entry.participant.label)</bdi></th>\
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

/// How many puzzles have which rating, as upright bars.
struct RatingHistogram: Chart {
  let puzzles: PuzzleSummary

  /// Nil if all puzzles have the same rating, or none is known.
  init?(_ puzzles: PuzzleSummary) {
    guard puzzles.histogram.count > 1 else { return nil }
    self.puzzles = puzzles
  }

  var name: String { "ratings" }

  var title: String {
    "Puzzles by rating, from \(first) to \(last). " + (puzzles.ratings ?? "")
  }

  var wideFrame: ChartFrame {
    ChartFrame(width: 460, height: 130, left: 34, right: 4, top: 14, bottom: 34, isNarrow: false)
  }

  var narrowFrame: ChartFrame {
    ChartFrame(width: 360, height: 130, left: 34, right: 4, top: 14, bottom: 34, isNarrow: true)
  }

  private var first: String { Figures.significant(puzzles.histogram.first?.from ?? 0) }
  private var last: String { Figures.significant(puzzles.histogram.last?.to ?? 0) }

  func content(_ frame: ChartFrame) -> HTML {
    let bins = puzzles.histogram
    let most = bins.map(\.count).max() ?? 1
    let width = (frame.plotRight - frame.plotLeft) / Double(bins.count)
    let bars = bins.enumerated().map { index, bin -> HTML in
      let height = (frame.plotBottom - frame.plotTop) * Double(bin.count) / Double(max(1, most))
      let x = frame.plotLeft + Double(index) * width
      let (from, to) = (Figures.significant(bin.from), Figures.significant(bin.to))
      return """
        <rect class="column" x="\(x + 0.5)" y="\(frame.plotBottom - height)" \
        width="\(max(1, width - 1.5))" height="\(height)"><title>\(bin.count) \
        \(bin.count == 1 ? "puzzle" : "puzzles") rated \(from == to ? from : "\(from) to \(to)")</title></rect>
        """
    }
    return """
      \(bars.joined())<path class="axis" d="M\(frame.plotLeft) \(frame.plotBottom)H\(frame.plotRight)"/>\
      <text class="tick end" x="\(frame.plotLeft - 5)" y="\(frame.plotTop + 8)">\(most)</text>\
      <text class="tick end" x="\(frame.plotLeft - 5)" y="\(frame.plotBottom)">0</text>\
      <text class="tick" x="\(frame.plotLeft)" y="\(frame.plotBottom + 15)">\(first)</text>\
      <text class="tick end" x="\(frame.plotRight)" y="\(frame.plotBottom + 15)">\(last)</text>\
      <text class="name mid" x="\((frame.plotLeft + frame.plotRight) / 2)" y="\(frame.height - 4)">\
      Rating (higher is harder)</text>
      """
  }
}
