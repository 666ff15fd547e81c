import Leaderboard

/// Accuracy against each cost that is known for at least two entries, in tabs without scripts.
struct CostSection: Sendable {
  let ranking: Ranking

  var html: HTML {
    let charts = CostAxis.allCases.compactMap { CostChart(ranking, $0) }
    guard !charts.isEmpty else { return "" }
    let inputs = charts.enumerated().map { index, chart -> HTML in
      """
      <input type="radio" name="cost-axis" id="tab-\(chart.axis.rawValue)" \
      class="tab t\(index)"\(index == 0 ? " checked" : "")><label \
      for="tab-\(chart.axis.rawValue)">\(chart.axis.columnTitle)</label>

      """
    }
    let figures = charts.enumerated().map { index, chart -> HTML in
      "<figure class=\"panel p\(index)\">\(chart.svg)</figure>\n"
    }
    return """
      <p>Up is better, left is cheaper. The line joins the entries that no other one beats in \
      both (the Pareto front). Rings are costs that a submitter claims; full dots were measured by \
      the gym’s own runner. Who counts nothing of a cost, as a solver has no parameters, is not on \
      its chart.</p>
      <div class="tabs" role="group" aria-label="Cost to show">\(inputs.joined())\
      \(figures.joined())</div>

      """
  }
}
