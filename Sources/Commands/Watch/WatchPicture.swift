import Foundation
import GymReports

/// A picture of several runs' learning curves, as lines of text.
struct WatchPicture {
  var runs: [WatchedRun]
  var measures: [Measure]
  var axis: WatchAxis
  var width: Int
  /// The lines that the picture may have.
  var height: Int
  var usesColor: Bool

  /// The fewest and most rows of a plot.
  private static let rows = 5...16
  /// The columns left of a plot, and the lines below and above it.
  private static let margin = (left: 9, lines: 4)

  /// The lines, each without a newline.
  var lines: [String] {
    let shown = measures.filter { measure in runs.contains { $0.latest(measure) != nil } }
    guard !shown.isEmpty else { return ["No run has written a measurement yet."] + legend }
    let room = (height - legend.count) / shown.count - Self.margin.lines
    let rows = max(Self.rows.lowerBound, min(Self.rows.upperBound, room))
    return shown.flatMap { plot($0, rows: rows) } + legend
  }

  private func plot(_ measure: Measure, rows: Int) -> [String] {
    let plot = TerminalPlot(
      series: runs.map { $0.curve(measure, over: axis) },
      width: max(20, width - Self.margin.left), height: rows, isShare: measure.isShare,
      usesColor: usesColor)
    return ["\(measure.title), over \(axis.title)"] + plot.lines + [""]
  }

  private var legend: [String] {
    let longest = runs.map(\.name.count).max() ?? 0
    return runs.enumerated().map { index, run in
      let gap = String(repeating: " ", count: longest - run.name.count)
      let sign = TerminalPlot.sign(of: index, usesColor: usesColor)
      let text = "\(run.name)\(gap)  \(Self.numbers(run))"
      return "\(sign) \(text.prefix(max(20, width - 3)))"
    }
  }

  private static func numbers(_ run: WatchedRun) -> String {
    guard let last = run.last else { return "no step yet" }
    var parts = ["step \(last.step)", (60 * last.minutes).clockTime]
    if let loss = run.latest(.loss) { parts.append("loss \(Figures.fixed(3, of: loss))") }
    if let cells = run.latest(.cellAccuracy) { parts.append("cells \(cells.percent)") }
    if let exact = run.latest(.exactAccuracy) { parts.append("exact \(exact.percent)") }
    if let validation = run.latest(.validation) {
      parts.append("validation \(validation.percent)")
    }
    if let rate = run.stepsPerSecond {
      parts.append("\(Figures.fixed(rate < 10 ? 2 : 0, of: rate)) steps/s")
    }
    return parts.joined(separator: " · ")
  }
}
