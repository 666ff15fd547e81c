import Foundation
import GymEvaluation
import GymReports

extension Comparison {
  /// The learning curves of all runs as a chart: accuracy against the unit of the budget, with a
  /// mark for the trained agent's result on the held-out puzzles.
  package func curves() throws -> ChartFile {
    var (lines, isValidation) = ([LineChart.Line](), true)
    var places: [String: Int] = [:]
    for entry in plan.entries where entry.seed != nil {
      let style = LineStyle(place: places[entry.label, default: places.count])
      places[entry.label] = style.place
      let file = RunFolder(runFolder(of: entry)).metricsFile
      let isThere = FileManager.default.fileExists(atPath: file.path)
      let curve = LearningCurve.accuracies(
        of: isThere ? try LearningCurve.points(metrics: file) : [])
      isValidation = isValidation && curve.isValidation
      let points = curve.points.map { LineChart.Point(x: x($0.point), y: $0.accuracy) }
      lines.append(.init(name: entry.label, style: style, points: [.init(x: 0, y: 0)] + points))
      if let result = results[entry.name], let training = result.usage.training {
        let end = LearningCurve.Point(
          step: result.steps, seconds: training.seconds, flops: training.cost.flops)
        lines.append(
          .init(
            name: entry.label, style: style, points: [.init(x: x(end), y: result.tally.share)],
            isJoined: false))
      }
    }
    let puzzles = isValidation ? "validation" : "training"
    return ChartFile(
      chart: LineChart(
        name: "curves", title: "Learning curves", lines: lines, xTitle: xTitle,
        nameLimit: min(60, max(22, places.keys.map(\.displayWidth).max() ?? 0))),
      caption:
        "Learning curves: \(puzzles) puzzles solved completely while learning, a line for each "
        + "seed. Marks alone: the held-out puzzles at the end.")
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
    case .minutes: "Minutes of training"
    case .flops: "FLOPs of training"
    case .steps, .epochs: "Training steps"
    }
  }
}
