import GymBoards
import GymEvaluation
import GymReports

/// The entries' training curves, if known: solved puzzles over operations, seconds or steps.
struct LearningSection: Sendable {
  /// A quantity that training uses up.
  enum Axis: String, CaseIterable {
    case operations
    case seconds
    case steps

    var title: String {
      switch self {
      case .operations: "Operations"
      case .seconds: "Seconds"
      case .steps: "Steps"
      }
    }

    /// The meaning of the quantity for a comparison.
    var meaning: String {
      switch self {
      case .operations: "Equal operations mean an equal budget, on any machine."
      case .seconds: "Seconds depend on the machine and on what else it was doing."
      case .steps: "A step of one agent may cost many times as much as a step of another."
      }
    }

    func value(_ point: LearningCurve.Point) -> Double? {
      switch self {
      case .operations: point.flops
      case .seconds: point.seconds
      case .steps: Double(point.step)
      }
    }
  }

  let ranking: Ranking
  let colors: AgentColors

  var charts: [ChartFile] {
    Axis.allCases.compactMap(chart)
  }

  var html: HTML {
    let views = Axis.allCases.compactMap { axis in
      chart(axis).map { file -> (title: String, content: HTML) in
        (axis.title, "<p class=\"dim\">\(axis.meaning)</p>\n\(file.figure)")
      }
    }
    guard !views.isEmpty else { return "" }
    let shown = ranking.standings.filter { standing in
      !standing.entry.participant.kind.isReference && standing.entry.participant.curve != nil
    }.chosenForCharts
    let isValidated = shown.allSatisfy { $0.curve(over: .steps).isValidated }
    let note: HTML =
      isValidated ? "" : ": validation puzzles if the run had any, otherwise training puzzles"
    return """
      <p>Share of \(isValidated ? "validation " : "")puzzles solved completely during \
      training, from the log of each agent’s best run\(note).</p>
      \(Tabs.html("learning", label: "Measure of training", views))
      """
  }

  private func chart(_ axis: Axis) -> ChartFile? {
    let known = ranking.standings.filter {
      !$0.entry.participant.kind.isReference && $0.curve(over: axis).points.count > 1
    }
    let shown = known.chosenForCharts
    guard !shown.isEmpty else { return nil }
    let names = shown.map(\.entry.participant.agent).joined(separator: ", ")
    let chart = LineChart(
      name: "learning-\(axis.rawValue)",
      title: "Puzzles solved over \(axis.title.lowercased()) of training for \(names).",
      lines: shown.map {
        .init(
          name: $0.entry.participant.agent, style: colors[$0.entry.participant.agent],
          points: $0.curve(over: axis).points)
      }, xTitle: "\(axis.title) of training",
      label: axis == .seconds ? Figures.seconds : Figures.scaled)
    return ChartFile(
      chart: chart,
      caption: "Share of puzzles solved completely during training on \(ranking.benchmark.task), "
        + "by \(axis.title.lowercased()) of training. \(axis.meaning)")
  }
}

extension Standing {
  /// The points of the training curve over a quantity: on validation puzzles if there are any,
  /// otherwise on training puzzles.
  func curve(
    over axis: LearningSection.Axis
  ) -> (points: [LineChart.Point], isValidated: Bool) {
    let points = entry.participant.curve?.points ?? []
    let isValidated = points.count { $0.validation != nil } > 1
    // Early boards kept the operations of each line in place of their sum; those never grow.
    let sums = points.compactMap(axis.value)
    guard zip(sums, sums.dropFirst()).allSatisfy({ $0 <= $1 }), sums.first != sums.last else {
      return ([], isValidated)
    }
    let shown = points.compactMap { point -> LineChart.Point? in
      guard let x = axis.value(point), let y = isValidated ? point.validation : point.exact else {
        return nil
      }
      return LineChart.Point(x: x, y: y)
    }
    return (shown, isValidated)
  }
}
