import GymEvaluation
import GymReports
import Leaderboard

/// Accuracy against operations per puzzle, as segments, votes and chains grow: all agents for which
/// a scaling study was submitted, in one chart.
struct ScalingSection: Sendable {
  let standings: [Standing]
  let colors: AgentColors
  /// A name that is unique in the site's folder of charts.
  var name = "scaling"

  /// The chart; nil if nobody measured it.
  var chart: ChartFile? {
    let shown = standings.filter { !lines($0).isEmpty }.chosenForCharts
    guard !shown.isEmpty else { return nil }
    let isCounted = shown.allSatisfy { standing in
      lines(standing).allSatisfy { $0.points.allSatisfy { $0.flops > 0 } }
    }
    let unit = isCounted ? "FLOPs" : "Seconds"
    let chart = LineChart(
      name: name,
      title: "Puzzles solved against \(unit) per puzzle for "
        + shown.map(\.entry.participant.agent).joined(separator: ", ") + ".",
      lines: shown.flatMap { standing in
        lines(standing).map { line in
          LineChart.Line(
            name: standing.entry.participant.agent + line.name,
            style: colors[standing.entry.participant.agent],
            points: line.points.map { point in
              let solved = Proportion(point.solved, of: point.count)
              return .init(
                x: isCounted ? point.flops : point.seconds, y: solved.share,
                interval: solved.interval())
            }.sorted { $0.x < $1.x })
        }
      }, xTitle: "\(unit) per puzzle (logarithmic)", marksPoints: true, isLogarithmic: true,
      label: isCounted ? Figures.scaled : Figures.seconds)
    return ChartFile(
      chart: chart,
      caption: "Share of puzzles solved completely against \(unit) per puzzle, as agents may think "
        + "longer: one point for each number of segments; whiskers are 95 % intervals (Wilson).")
  }

  var html: HTML {
    guard let chart else { return "" }
    return """
      <p>The same agents, allowed to think longer: each point is a number of segments, each line a \
      number of votes and chains; to the right it costs more. Only agents whose \
      <code>reasongym scale</code> was submitted are here.</p>
      \(chart.figure)
      """
  }

  /// The lines of an entry: one for each number of votes and chains.
  private func lines(
    _ standing: Standing
  ) -> [(name: String, points: [ScalingCurve.Point])] {
    let points = standing.entry.participant.scaling?.points.filter { $0.count > 0 } ?? []
    let kinds = Set(points.map { [$0.chains, $0.votes] })
      .sorted { $0.lexicographicallyPrecedes($1) }
    return kinds.prefix(3).map { kind in
      let parts = [
        kind[0] == 1 ? nil : "\(kind[0]) chains", kind[1] == 1 ? nil : "\(kind[1]) votes",
      ].compactMap { $0 }
      return (
        parts.isEmpty ? "" : ", " + parts.joined(separator: ", "),
        points.filter { [$0.chains, $0.votes] == kind }
      )
    }
  }
}
