import Foundation
import Gym
import GymBoards
import GymEvaluation
import GymJSON
import GymReports

/// The page of one entry: what it is, what it solved, what it cost, and how to repeat it.
struct EntryPage: Sendable {
  let ranking: Ranking
  let index: Int
  let colors: AgentColors
  /// The counts over its answers; nil if those are not shown.
  let tally: EntryTally?
  /// The path of its predictions in the benchmark's folder; nil if they are not written out.
  let predictions: String?
  /// The path from the benchmark's folder to that of styles and scripts.
  let root: String
  let footer: String

  private var standing: Standing { ranking.standings[index] }
  private var entry: Entry { standing.entry }
  private var participant: Participant { standing.entry.participant }

  /// The charts of the page, which are files, too.
  var charts: [ChartFile] {
    [curve, rating, scaling, calibration].compactMap { $0 } + (thoughts?.charts ?? [])
  }

  var page: HTML {
    let sections: [(title: String, html: HTML)] = [
      ("Reproduce", reproduction), ("Settings", EntryDetails(entry: entry).settings),
      ("Cost", EntryDetails(entry: entry).costs(puzzles: ranking.benchmark.count)),
      ("Learning", figure(curve, "Share of puzzles solved completely, from the run’s own log.")),
      ("Difficulty", difficulty),
      ("Scaling", thinkingLonger), ("Confidence", confidence), ("Segments", segments),
      ("Inside", thoughts?.html ?? ""), ("Answers", answers),
    ].filter { !$0.html.text.isEmpty }
    let body = sections.map { section -> HTML in
      "<section>\n<h2>\(section.title)</h2>\n\(section.html)</section>\n"
    }
    let shell = PageShell(
      title: "\(participant.label) – \(ranking.benchmark.name)", root: "../\(root)",
      links: [.init(title: ranking.benchmark.name, target: "../index.html")],
      scripts: ["../\(root)copying.js"], footer: footer)
    return shell.page(
      """
      <header class="lead"><p class="eyebrow">Entry on <bdi>\(ranking.benchmark.name)</bdi></p>
      <h1>\(colors.swatch(participant.agent))<bdi>\(participant.label)</bdi>\(participant.marks)</h1>
      \(facts)</header>
      \(body.joined())
      """)
  }

  private var facts: HTML {
    let interval = standing.solved.interval()
    let rank =
      standing.rankRange.lowerBound == standing.rankRange.upperBound
      ? "\(standing.rank)"
      : "\(standing.rank) (possibly \(standing.rankRange.lowerBound) to \(standing.rankRange.upperBound))"
    let learners = ranking.standings.count { !$0.entry.participant.kind.isReference }
    let results = entry.results
    let items = [
      (
        participant.kind.isReference ? "Reference" : "Rank among \(learners)",
        participant.kind.isReference ? "no rank" : rank
      ),
      ("Cells right", Figures.percent(results.cellAccuracy)),
      (
        "Answered",
        "\(Figures.count(results.answered.trueCount)) of \(Figures.count(results.count))"
      ),
      ("Mean segments", Figures.significant(results.meanSegments)),
      ("Submitted", Figures.day(entry.submitted)),
      ("Version", participant.codeVersion ?? ""), ("Processor", participant.machine ?? ""),
      ("Signed by", entry.signer.map { $0.shortened(to: 17) } ?? ""),
    ].filter { !$0.1.isEmpty }
    let list = items.map { "<div><dt>\($0.0)</dt><dd><bdi>\($0.1)</bdi></dd></div>\n" as HTML }
    return """
      <p class="amount"><span class="big">\(Figures.percent(standing.solved.share))</span> \
      <span class="unit">\(Figures.count(standing.solved.successes)) of \
      \(Figures.count(standing.solved.count)) puzzles solved completely<br>95\u{A0}% interval \
      \(Figures.percent(interval.lowerBound)) to \(Figures.percent(interval.upperBound)), from the \
      number of puzzles</span></p>
      <dl class="facts">\(list.joined())</dl>

      """
  }

  private var reproduction: HTML {
    ReproductionSection(participant: participant, benchmark: ranking.benchmark).html
  }

  private func figure(_ chart: ChartFile?, _ words: HTML) -> HTML {
    guard let chart else { return "" }
    // A single line needs no legend: the page is about it.
    let isSingle = (chart.chart as? LineChart)?.lines.count == 1
    let legend = isSingle ? "" : chart.chart.legend
    return """
      <p>\(words)</p>
      <figure>\(chart.chart.svg)\(legend)</figure>\(chart.link(root: "../"))
      """
  }

  private var curve: ChartFile? {
    let points = standing.curve(over: .operations).points
    let axis: LearningSection.Axis = points.count > 1 ? .operations : .steps
    let shown = standing.curve(over: axis)
    guard shown.points.count > 1 else { return nil }
    let which = shown.isValidated ? "validation" : "training"
    return ChartFile(
      chart: LineChart(
        name: "\(entry.fileName)-learning",
        title: "\(participant.agent): \(which) puzzles solved over \(axis.title.lowercased()).",
        lines: [
          .init(name: participant.agent, style: colors[participant.agent], points: shown.points)
        ],
        xTitle: "\(axis.title) of training"),
      caption: "\(participant.agent): share of \(which) puzzles solved completely during training.")
  }

  private var rating: ChartFile? {
    guard standing.byRating.count > 1 else { return nil }
    let points = standing.byRating.enumerated().map { index, part in
      LineChart.Point(x: Double(index), y: part.solved.share, interval: part.solved.interval())
    }
    return ChartFile(
      chart: LineChart(
        name: "\(entry.fileName)-rating",
        title: "\(participant.agent): puzzles solved by level of difficulty.",
        lines: [.init(name: participant.agent, style: colors[participant.agent], points: points)],
        xTitle: "Difficulty", categories: standing.byRating.map(\.name), marksPoints: true),
      caption:
        "\(participant.agent): share of puzzles of \(ranking.benchmark.name) solved completely, "
        + "by level of difficulty, with 95 % intervals (Wilson).")
  }

  private var scaling: ChartFile? {
    ScalingSection(standings: [standing], colors: colors, name: "\(entry.fileName)-scaling").chart
  }

  private var thinkingLonger: HTML {
    guard let curve = participant.scaling else { return "" }
    let words: HTML = "How accuracy grows if the agent may think longer. \(ProbeReading.scaling)"
    return figure(scaling, words) + ScalingTable(curve: curve).html
  }

  private var thoughts: ThoughtSection? {
    participant.probe.map {
      ThoughtSection(findings: $0, agent: participant.agent, name: entry.fileName)
    }
  }

  private var difficulty: HTML {
    let rows = standing.byRating.map { part -> HTML in
      let interval = part.solved.interval()
      return """
        <tr><th scope="row">\(part.name)</th><td class="number">\(Figures.count(part.solved.count))\
        </td><td class="number share">\(Figures.percent(part.solved.share))</td>\
        <td class="number">\(Figures.percent(interval.lowerBound)) to \
        \(Figures.percent(interval.upperBound))</td></tr>

        """
    }
    guard standing.byRating.count > 1 else { return "" }
    let words: HTML = "Share of puzzles solved at each of the task’s own levels, easiest first."
    return figure(rating, words) + """
      <div class="scroll" tabindex="0" role="region" aria-label="Accuracy by difficulty">
      <table class="narrow"><thead><tr><th scope="col">Level</th><th scope="col" class="number">\
      Puzzles</th><th scope="col" class="number">Solved</th><th scope="col" class="number">\
      95\u{A0}% interval</th></tr></thead><tbody>
      \(rows.joined())</tbody></table></div>

      """
  }

  private var calibration: ChartFile? {
    guard let tally, tally.known >= 10 else { return nil }
    let points = tally.bins.filter { $0.count > 0 }.map { bin in
      let solved = Proportion(bin.solved, of: bin.count)
      return LineChart.Point(
        x: bin.confidence / Double(bin.count), y: solved.share, interval: solved.interval())
    }
    return ChartFile(
      chart: LineChart(
        name: "\(entry.fileName)-confidence",
        title: "\(participant.agent): puzzles solved by how sure it was of its answers.",
        lines: [
          .init(
            name: "perfectly calibrated", style: LineStyle(place: nil),
            points: [
              .init(x: 0, y: 0), .init(x: 1, y: 1),
            ]),
          .init(name: participant.agent, style: colors[participant.agent], points: points),
        ], xTitle: "Confidence", marksPoints: true,
        label: { Figures.significant($0 * 100) + " %" }),
      caption: "\(participant.agent): share of puzzles solved against its own confidence, in ten "
        + "intervals with 95 % intervals (Wilson). On the gray line, confidence equals accuracy.")
  }

  private var confidence: HTML {
    guard let tally, let calibration else { return "" }
    let error = Figures.percent(tally.calibrationError)
    return figure(
      calibration,
      """
      The share of puzzles solved against the agent’s own confidence, over \
      \(Figures.count(tally.known)) answers. Below the gray line it is overconfident; on average \
      the two differ by \(error).
      """)
  }

  private var segments: HTML {
    guard let tally, tally.segments.count > 1 else { return "" }
    let rows = tally.segments.sorted { $0.key < $1.key }.prefix(64).map { segment, bin -> HTML in
      let share = Double(bin.solved) / Double(max(1, bin.count))
      return """
        <tr><th scope="row">\(segment)</th><td class="number">\(Figures.count(bin.count))</td>\
        <td class="number share">\(Figures.percent(share))</td></tr>

        """
    }
    return """
      <p>The number of segments before the agent answered, and the share of these answers that \
      solved their puzzle.</p>
      <div class="scroll" tabindex="0" role="region" aria-label="Answers by segments">
      <table class="narrow"><thead><tr><th scope="col">Segments</th><th scope="col" class="number">\
      Answers</th><th scope="col" class="number">Solved</th></tr></thead><tbody>
      \(rows.joined())</tbody></table></div>

      """
  }

  private var answers: HTML {
    if ranking.benchmark.isHeldBack {
      return "<p>The answers to this benchmark are \(ranking.benchmark.answers.rawValue).</p>\n"
    }
    let file: HTML =
      predictions.map {
        "<a class=\"button\" href=\"../\($0)\" download>Download all answers (JSON lines)</a>"
      } ?? """
        <span class="dim">These pages would be too large with all answers; <code>reasongym \
        leaderboard export BOARD \(entry.shortID)</code> writes them.</span>
        """
    return """
      <p><a class="button" href="../puzzles.html#open/\(index + 1)">See the answers puzzle by puzzle</a> \
      \(file)</p>
      <p class="hint">Entry <code>\(entry.id)</code>, hash of the answers \
      <code>\(entry.predictionsHash)</code>.</p>

      """
  }
}
