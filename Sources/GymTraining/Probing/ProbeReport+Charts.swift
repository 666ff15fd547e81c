import GymReports

extension ProbeReport {
  /// The accuracy of the answers, step by step, with marks at the ends of segments.
  var accuracyChart: ChartFile {
    func lines(_ name: String, _ place: Int, _ value: (StepMeasure) -> Double) -> [LineChart.Line] {
      func points(_ steps: [StepMeasure]) -> [LineChart.Point] {
        steps.map { .init(x: $0.time, y: value($0)) }
      }
      let style = LineStyle(place: place)
      return [
        .init(name: name, style: style, points: points(steps)),
        .init(name: name, style: style, points: points(segments), isJoined: false),
      ]
    }
    return ChartFile(
      chart: LineChart(
        name: "answers", title: "Answers while thinking",
        lines: lines("cells right", 0) { $0.score.cellAccuracy }
          + lines("puzzles solved", 1) { $0.score.exactAccuracy },
        xTitle: "Segments", yTitle: "Share"),
      caption: "Marks: where segments end.")
  }

  /// The cells that each segment corrected and spoiled, as shares of the greatest; nil if there is
  /// only one segment, or nothing changed.
  var changesChart: ChartFile? {
    let most = changes.map { max($0.fixed, $0.broken) }.max() ?? 0
    guard most > 0 else { return nil }
    let mean = Figures.significant(Double(most) / Double(max(1, puzzles)))
    func line(_ name: String, _ place: Int, _ value: (Change) -> Int) -> LineChart.Line {
      .init(
        name: name, style: LineStyle(place: place),
        points: changes.map {
          .init(x: Double($0.segment), y: Double(value($0)) / Double(most))
        })
    }
    return ChartFile(
      chart: Self.shares(
        "changes", "Cells fixed and broken",
        [line("fixed", 0, \.fixed), line("broken", 1, \.broken)]),
      caption: "The greatest is \(mean) cells per puzzle in a segment.")
  }

  /// The states' forward residuals, as shares of the greatest; nil if there are none.
  var residualChart: ChartFile? {
    let curves = states.map { state in
      steps.compactMap { step in step.residual(of: state.name).map { (step.time, $0) } }
        .filter { $0.1.isFinite }
    }
    guard let most = curves.joined().map(\.1).max(), most > 0 else { return nil }
    let lines = zip(states, curves).enumerated().map { index, curve in
      LineChart.Line(
        name: curve.0.name, style: LineStyle(place: index),
        points: curve.1.map { .init(x: $0.0, y: $0.1 / most) })
    }
    return ChartFile(
      chart: Self.shares("residuals", "Forward residuals ‖z(t) − z(t−1)‖", lines),
      caption: "Mean over puzzles, as a share of the greatest, \(Figures.significant(most)).")
  }

  private static func shares(
    _ name: String, _ title: String, _ lines: [LineChart.Line]
  ) -> LineChart {
    LineChart(
      name: name, title: title, lines: lines, xTitle: "Segments", yTitle: "Share of the greatest",
      marksPoints: true)
  }
}
