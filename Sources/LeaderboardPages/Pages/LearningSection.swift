import Leaderboard

/// The entries' training curves, if known: solved puzzles over training steps.
struct LearningSection: Sendable {
  let ranking: Ranking

  var html: HTML {
    let known = ranking.standings.filter { points($0).count > 1 }
    let shown = known.chosenForCharts
    guard !shown.isEmpty else { return "" }
    let validated = shown.allSatisfy(hasValidation)
    let chart = LineChart(
      name: "learning",
      title: "Puzzles solved over training steps for "
        + shown.map(\.entry.entrant.agent).joined(separator: ", ") + ".",
      lines: shown.map {
        .init(name: $0.entry.entrant.agent, points: points($0))
      }, xTitle: "Training steps")
    let which =
      validated ? "puzzles kept for validation" : "training puzzles, where it has no others"
    return """
      <p>Share of puzzles solved completely during training, from each run’s own log \
      (on \(which)).</p>
      <figure>\(chart.svg)\(chart.legend)</figure>

      """
  }

  private func hasValidation(_ standing: Standing) -> Bool {
    (standing.entry.entrant.curve?.points ?? []).count { $0.validation != nil } > 1
  }

  /// Points on validation puzzles if there are any, otherwise on training puzzles.
  private func points(_ standing: Standing) -> [LineChart.Point] {
    let validated = hasValidation(standing)
    return (standing.entry.entrant.curve?.points ?? []).compactMap { point in
      (validated ? point.validation : point.exact).map { .init(x: Double(point.step), y: $0) }
    }
  }
}
