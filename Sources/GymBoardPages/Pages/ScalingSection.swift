import GymBoards
import GymEvaluation
import GymReports

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
        lines(standing).enumerated().map { number, line in
          var style = colors[standing.entry.participant.agent]
          style.variant = number
          // What tells the lines of one agent apart must not be cut.
          let room = max(8, Self.longestName - line.name.count)
          return LineChart.Line(
            name: standing.entry.participant.agent.shortened(to: room) + line.name, style: style,
            points: line.points.map { point in
              let solved = Proportion(point.solved, of: point.count)
              return .init(
                x: isCounted ? point.flops : point.seconds, y: solved.share,
                interval: solved.interval())
            }.sorted { $0.x < $1.x })
        }
      }, xTitle: "\(unit) per puzzle (logarithmic)", marksPoints: true, isLogarithmic: true,
      label: isCounted ? Figures.scaled : Figures.seconds, nameLimit: Self.longestName)
    return ChartFile(
      chart: chart,
      caption: "Share of puzzles solved completely against \(unit) per puzzle, as agents may think "
        + "longer: one point for each number of segments; whiskers are 95 % intervals (Wilson).")
  }

  var html: HTML {
    guard let chart else { return "" }
    let more = standings.contains { kinds($0).count > Self.maximumLines }
    return """
      <p>How agents do if they may think longer: a point for each number of segments (rounds of \
      thinking), a line for each number of votes (over symmetric copies of a puzzle) and chains \
      (attempts with noise of their own). \
      \(ProbeReading.scaling) The chart has the agents for which results of \
      <code>reasongym scale</code> were submitted\
      \(more ? ", each with at most \(Self.maximumLines) lines; its own page has all" : "").</p>
      \(chart.figure)
      """
  }

  private static let longestName = 30
  /// The maximum number of lines of an entry beside others.
  private static let maximumLines = 3

  /// The numbers of chains and votes of an entry's points.
  private func kinds(_ standing: Standing) -> [[Int]] {
    let points = standing.entry.participant.scaling?.points.filter { $0.count > 0 } ?? []
    return Set(points.map { [$0.chains, $0.votes] }).sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// The lines of an entry: one for each number of votes and chains.
  private func lines(
    _ standing: Standing
  ) -> [(name: String, points: [ScalingCurve.Point])] {
    let points = standing.entry.participant.scaling?.points.filter { $0.count > 0 } ?? []
    let kinds = kinds(standing)
    // A single entry has the chart for itself; of several, the least and the most are shown.
    let shown =
      standings.count == 1 || kinds.count <= Self.maximumLines
      ? kinds.prefix(8) : kinds.prefix(Self.maximumLines - 1) + kinds.suffix(1)
    return shown.map { kind in
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
