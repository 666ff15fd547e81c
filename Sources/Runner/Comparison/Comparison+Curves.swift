import Foundation

extension Comparison {
  /// The learning curves of all runs as a chart: accuracy against the unit of the budget, with a
  /// circle for the trained agent's result on the held-out puzzles.
  public func curves() throws -> Chart {
    var (series, isValidation) = ([Chart.Series](), true)
    for entry in plan.entries where entry.seed != nil {
      let curve = try LearningCurve(
        contentsOf: RunFolder(runFolder(of: entry)).metricsFile)
      isValidation = isValidation && !curve.validation.isEmpty
      series.append(
        Chart.Series(
          entry.label, [Chart.Point(0, 0)] + curve.shown.map { Chart.Point(x($0), $0.accuracy) }))
      if let result = results[entry.name], let training = result.ledger.training {
        let end = LearningCurve.Point(
          step: result.steps, seconds: training.seconds, flops: training.cost.flops,
          accuracy: result.tally.accuracy)
        series.append(
          Chart.Series(
            entry.label, [Chart.Point(x(end), end.accuracy)], isMarked: true, isJoined: false))
      }
    }
    return Chart(
      title: "Learning curves",
      note: "Lines: \(isValidation ? "validation" : "training") puzzles"
        + " while learning, a line for each seed. Circles: the held-out puzzles at the end.",
      xTitle: xTitle, yTitle: "puzzles solved completely", series: series)
  }

  private func x(_ point: LearningCurve.Point) -> Double {
    switch plan.budget {
    case .minutes: point.seconds / 60
    case .flops: point.flops
    case .steps, .epochs: Double(point.step)
    }
  }

  private var xTitle: String {
    switch plan.budget {
    case .minutes: "minutes of training"
    case .flops: "floating-point operations of training"
    case .steps, .epochs: "training steps"
    }
  }
}
