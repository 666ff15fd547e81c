import Foundation
import GymBoards
import GymReports

/// Accuracy against each cost that is known for at least two entries, in tabs without scripts.
struct CostSection: Sendable {
  let ranking: Ranking
  let colors: AgentColors

  /// The charts in the order of the tabs: thinking, training, size, time.
  var charts: [ChartFile] {
    [CostAxis.flops, .trainingFlops, .parameters, .seconds].compactMap { axis in
      CostChart(ranking, axis, colors).map { chart in
        ChartFile(
          chart: chart,
          caption: "Share of the \(ranking.benchmark.count) puzzles of \(ranking.benchmark.name) "
            + "solved completely, against \(axis.nameInSentence)"
            + (axis.isPerPuzzle ? " per puzzle. " : ". ")
            + "The line joins the agents that learned which no other such agent beats in both; "
            + "rings are claimed costs.")
      }
    }
  }

  var html: HTML {
    let charts = charts
    guard !charts.isEmpty else { return "" }
    let views = charts.compactMap { file in
      (file.chart as? CostChart).map { (title: $0.axis.columnTitle, content: file.figure) }
    }
    return """
      <p>Higher is better, further left is cheaper. The line joins the agents that learned which \
      no other such agent beats in both (the Pareto front); references are never on it. Filled \
      dots were measured by the gym’s own runner, rings are claimed by the submitter. Every run \
      has a dot of its own, so an agent with several seeds has several. Point at a dot to see its \
      name and cost. Entries whose cost is zero or unknown are left out.</p>
      \(Tabs.html("cost", label: "Cost to show", views))
      """
  }
}

/// The costs of an entry in readable form; a dash if unknown.
struct UsageText: Sendable {
  let parameters, flops, seconds, provenance: String
  /// The floating-point operations with their unit.
  let operations: String
  /// The training costs, if any are known.
  let training: String?

  /// - Parameter puzzles: the number of puzzles that the usage report covers.
  init(_ usage: UsageReport, puzzles: Int) {
    let count = Double(max(1, puzzles))
    parameters = usage.parameters.map { Figures.scaled(Double($0)) } ?? "–"
    flops = usage.flops.map { Figures.scaled($0 / count) } ?? "–"
    operations = usage.flops.map { Figures.scaled($0 / count, "FLOP") } ?? "–"
    seconds = usage.seconds.map { Figures.seconds($0 / count) } ?? "–"
    provenance = usage.provenance.rawValue
    let parts = [
      usage.trainingFlops.map { Figures.scaled($0, "FLOP") },
      usage.trainingSeconds.map(Figures.seconds),
    ].compactMap { $0 }
    training = parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// Whether nothing is known.
  var isEmpty: Bool { parameters == "–" && flops == "–" && seconds == "–" }

  /// The costs in one line, for screens without space for their columns.
  var brief: HTML {
    guard !isEmpty else { return "" }
    let parts = [
      parameters == "–" ? nil : "\(parameters) parameters",
      operations == "–" ? nil : operations,
      seconds == "–" ? nil : seconds,
    ].compactMap { $0 }
    return "<small class=\"brief\">\(parts.joined(separator: " · ")) (\(provenance))</small>"
  }
}

/// The puzzles of a benchmark in figures: number, settings, origin, ratings.
struct FactsSection: Sendable {
  let ranking: Ranking

  var html: HTML {
    let benchmark = ranking.benchmark
    let learners = ranking.standings.count { !$0.entry.participant.kind.isReference }
    let entries = ranking.standings.count
    let items = [
      ("Puzzles", Figures.count(benchmark.count)),
      (
        "Entries",
        entries == learners
          ? Figures.count(entries) : "\(learners) that learned, \(entries - learners) for reference"
      ),
      ("Split", benchmark.split + (benchmark.isHeldBack ? " (\(benchmark.answers.rawValue))" : "")),
      ("Settings", ranking.puzzles.settings),
      ("Origin", benchmark.origin),
      ("Difficulty", ranking.puzzles.ratings ?? ""),
      ("Hash of the dataset", benchmark.dataHash.shortened(to: 13)),
      ("Last entry", ranking.standings.map(\.entry.submitted).max().map(Figures.day) ?? "–"),
    ].filter { !$0.1.isEmpty }
    let list = items.map { "<div><dt>\($0.0)</dt><dd><bdi>\($0.1)</bdi></dd></div>\n" as HTML }
    let histogram: HTML =
      RatingHistogram(ranking.puzzles).map {
        """
        <figure class="ratings">\($0.svg)<figcaption>Puzzles by rating, the task’s own measure of \
        difficulty.</figcaption></figure>

        """
      } ?? ""
    return """
      <div class="about"><dl class="facts">\(list.joined())</dl>
      \(histogram)</div>

      """
  }
}
