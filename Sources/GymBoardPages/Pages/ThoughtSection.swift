import GymBoards
import GymEvaluation
import GymReports

/// The findings of a probe on its entry's page: each chart with how to read it.
struct ThoughtSection: Sendable {
  let findings: ProbeFindings
  /// The agent's name, and a prefix of its charts' names that is unique in the site's folder.
  let agent, name: String

  /// The charts that there is something to show in, each with how to read it.
  private var parts: [(title: String, reading: String, chart: ChartFile?)] {
    [
      ("Answers while thinking", ProbeReading.accuracy, accuracy),
      ("Cells fixed and broken", ProbeReading.changes, changes),
      ("Halting", ProbeReading.halting, halting),
      ("How far states move", ProbeReading.residuals, residuals),
      ("Perturbed starts", ProbeReading.starts, starts),
    ]
  }

  var charts: [ChartFile] { parts.compactMap(\.chart) }

  var html: HTML {
    let shown = parts.compactMap { part -> HTML? in
      guard let file = part.chart else { return nil }
      return """
        <h3>\(part.title)</h3>
        <p>\(part.reading)</p>
        <figure>\(file.chart.svg)\(file.chart.legend)</figure>\(file.link(root: "../"))
        """
    }
    return """
      <p>What <code>reasongym probe</code> observed on \(Figures.count(findings.puzzles)) puzzles.</p>
      \(shown.joined())\(states)
      """
  }

  private var states: HTML {
    guard !findings.states.isEmpty else { return "" }
    let rows = findings.states.map { state -> HTML in
      """
      <tr><th scope="row"><bdi>\(state.name)</bdi></th><td class="number">\(state.width)</td>\
      <td class="number">\(state.participation.map(Figures.significant) ?? "–")</td></tr>

      """
    }
    return """
      <h3>Directions of the states</h3>
      <p>\(ProbeReading.participation)</p>
      <div class="scroll" tabindex="0" role="region" aria-label="Participation ratios">
      <table class="narrow"><thead><tr><th scope="col">State</th><th scope="col" class="number">\
      Width</th><th scope="col" class="number">Participation ratio</th></tr></thead><tbody>
      \(rows.joined())</tbody></table></div>

      """
  }

  private var accuracy: ChartFile? {
    lines(
      "answers", "Cells right and puzzles solved after each segment",
      [
        ("cells right", findings.segments.map { ($0.number, $0.cellAccuracy) }),
        (
          "puzzles solved",
          findings.segments.map { ($0.number, Double($0.solved) / Double(findings.puzzles)) }
        ),
      ], yTitle: "Share")
  }

  private var changes: ChartFile? {
    let later = findings.segments.dropFirst()
    return lines(
      "changes", "Cells that each segment corrected and spoiled",
      [
        ("fixed", later.map { ($0.number, Double($0.fixed)) }),
        ("broken", later.map { ($0.number, Double($0.broken)) }),
      ], yTitle: "Relative to maximum", isOfGreatest: true)
  }

  private var residuals: ChartFile? {
    lines(
      "residuals", "How far each state moved last in each segment",
      findings.states.map { state in
        (
          state.name,
          findings.segments.compactMap { segment in
            segment.residuals[state.name].map { (segment.number, $0) }
          }
        )
      }, yTitle: "Relative to maximum", isOfGreatest: true)
  }

  private var halting: ChartFile? {
    let stopped = findings.segments.reduce(0) { $0 + $1.stopped }
    guard stopped > 0 else { return nil }
    let solved = findings.segments.reduce(0) { $0 + $1.stoppedSolved }
    return columns(
      "halting", findings.segments.map { ("\($0.number)", $0.stopped) }, "Segments",
      "Puzzles by the segment in which the agent stops if it may. It has then solved "
        + "\(Figures.percent(Double(solved) / Double(stopped))) of them.")
  }

  private var starts: ChartFile? {
    guard !findings.distinct.isEmpty else { return nil }
    return columns(
      "starts", findings.distinct.enumerated().map { ("\($0 + 1)", $1) }, "Distinct answers",
      "Puzzles by the number of different answers of \(findings.distinct.count) perturbed starts")
  }

  private func columns(
    _ part: String, _ columns: [(label: String, count: Int)], _ xTitle: String, _ title: String
  ) -> ChartFile {
    ChartFile(
      chart: ColumnChart(
        name: "\(name)-\(part)", title: "\(agent): \(title)", columns: columns, xTitle: xTitle),
      caption: "\(agent), \(findings.puzzles) puzzles. \(title)")
  }

  /// Lines over the segments; nil if there is nothing to join.
  ///
  /// - Parameter isOfGreatest: whether heights are shares of the greatest value.
  private func lines(
    _ part: String, _ title: String, _ lines: [(name: String, points: [(Int, Double)])],
    yTitle: String, isOfGreatest: Bool = false
  ) -> ChartFile? {
    let most = lines.flatMap(\.points).map(\.1).max() ?? 0
    guard findings.segments.count > 1, most > 0 else { return nil }
    let unit = isOfGreatest ? most : 1
    let chart = LineChart(
      name: "\(name)-\(part)", title: "\(agent): \(title.lowercased()).",
      lines: lines.enumerated().map { place, line in
        .init(
          name: line.name, style: LineStyle(place: place),
          points: line.points.map { .init(x: Double($0.0), y: $0.1 / unit) })
      }, xTitle: "Segments", yTitle: yTitle, marksPoints: true)
    let greatest =
      isOfGreatest ? " The maximum is \(Figures.significant(most)) over all puzzles." : ""
    return ChartFile(
      chart: chart,
      caption: "\(agent), \(findings.puzzles) puzzles. \(title).\(greatest)")
  }
}
