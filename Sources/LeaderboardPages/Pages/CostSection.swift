import GymReports
import Leaderboard

/// Accuracy against each cost that is known for at least two entries, in tabs without scripts.
struct CostSection: Sendable {
  let ranking: Ranking
  let colors: AgentColors

  /// The charts in the order of the tabs: thinking, training, size, time.
  var charts: [ChartFile] {
    [CostAxis.flops, .trainingFlops, .parameters, .seconds].compactMap { axis in
      CostChart(ranking, axis, colors).map { chart in
        ChartFile(
          chart: chart,
          caption: "Share of the \(ranking.benchmark.count) puzzles of \(ranking.benchmark.name) "
            + "solved completely, against \(axis.columnTitle.lowercased())"
            + (axis.isPerPuzzle ? " per puzzle. " : ". ")
            + "The line joins the entries that no other beats in both; rings are claimed costs.")
      }
    }
  }

  var html: HTML {
    let charts = charts
    guard !charts.isEmpty else { return "" }
    let views = charts.compactMap { file in
      (file.chart as? CostChart).map { (title: $0.axis.columnTitle, content: file.figure) }
    }
    return """
      <p>Up is better, left is cheaper. The line joins the entries that no other one beats in \
      both (the Pareto front). Rings are costs that a submitter claims; full dots were measured by \
      the gym’s own runner. Who counts nothing of a cost, as a solver has no parameters, is not on \
      its chart.</p>
      \(Tabs.html("cost", label: "Cost to show", views))
      """
  }
}
