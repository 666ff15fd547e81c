import Foundation

extension ProbeReport {
  /// The accuracy of the answers, step by step, with marks at the ends of segments.
  public var accuracyChart: Chart {
    func series(_ name: String, _ value: (StepMeasure) -> Double) -> [Chart.Series] {
      func points(_ steps: [StepMeasure]) -> [Chart.Point] {
        steps.map { Chart.Point($0.time, value($0)) }
      }
      return [
        Chart.Series(name, points(steps)),
        Chart.Series(name, points(segments), isMarked: true, isJoined: false),
      ]
    }
    return Chart(
      title: "Answers while thinking", note: "Marks: where segments end.", xTitle: "segments",
      yTitle: "share",
      series: series("cells right") { $0.score.cellAccuracy }
        + series("puzzles solved") { $0.score.exactAccuracy })
  }

  /// The cells that each segment corrected and spoiled, as shares of the greatest; nil if there is
  /// only one segment, or nothing changed.
  public var changesChart: Chart? {
    let most = changes.map { max($0.fixed, $0.broken) }.max() ?? 0
    guard most > 0 else { return nil }
    let mean = Double(most) / Double(max(1, puzzles))
    func series(_ name: String, _ value: (Change) -> Int) -> Chart.Series {
      let points = changes.map { Chart.Point(Double($0.segment), Double(value($0)) / Double(most)) }
      return Chart.Series(name, points, isMarked: true)
    }
    return Chart(
      title: "Cells fixed and broken",
      note: "The greatest is \(ProbePage.short(mean)) cells per puzzle in a segment.",
      xTitle: "segments", yTitle: "share of the greatest",
      series: [series("fixed", \.fixed), series("broken", \.broken)])
  }

  /// The states' forward residuals, as shares of the greatest; nil if there are none.
  public var residualChart: Chart? {
    let curves = states.map { state in
      (
        name: state.name,
        points: steps.compactMap { step in
          step.residual(of: state.name).map { (step.time, $0) }
        }.filter { $0.1.isFinite }
      )
    }
    guard let most = curves.flatMap(\.points).map(\.1).max(), most > 0 else { return nil }
    return Chart(
      title: "Forward residuals ‖z(t) − z(t−1)‖",
      note: "Mean over puzzles, as a share of the greatest, \(String(format: "%.4g", most)).",
      xTitle: "segments", yTitle: "share of the greatest",
      series: curves.map { curve in
        Chart.Series(
          curve.name, curve.points.map { Chart.Point($0.0, $0.1 / most) }, isMarked: true)
      })
  }
}
