import Foundation
import GymEvaluation

extension Comparison {
  /// The learning curves of all runs as a chart: accuracy against the unit of the budget, with a
  /// circle for the trained agent's result on the held-out puzzles.
  public func curves() throws -> Chart {
    var (series, isValidation) = ([Chart.Series](), true)
    for entry in plan.entries where entry.seed != nil {
      let file = RunFolder(runFolder(of: entry)).metricsFile
      let isThere = FileManager.default.fileExists(atPath: file.path)
      let curve = LearningCurve.accuracies(
        of: isThere ? try LearningCurve.points(metrics: file) : [])
      isValidation = isValidation && curve.isValidation
      series.append(
        Chart.Series(
          entry.label,
          [Chart.Point(0, 0)] + curve.points.map { Chart.Point(x($0.point), $0.accuracy) }))
      if let result = results[entry.name], let training = result.usage.training {
        let end = LearningCurve.Point(
          step: result.steps, seconds: training.seconds, flops: training.cost.flops)
        series.append(
          Chart.Series(
            entry.label, [Chart.Point(x(end), result.tally.share)], isMarked: true,
            isJoined: false))
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
    case .minutes: (point.seconds ?? 0) / 60
    case .flops: point.flops ?? 0
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
