import Foundation
import Gym

/// A probe's report as one self-contained HTML file, for light and dark pages.
public struct ProbePage {
  private static let maximumFrames = 16

  private let report: ProbeReport
  private let task: any Task
  private let title: String
  private let subtitle: String

  /// - Parameter subtitle: the parameters of the probe, in one line.
  public init(_ report: ProbeReport, task: any Task, title: String, subtitle: String) {
    (self.report, self.task, self.title, self.subtitle) = (report, task, title, subtitle)
  }

  /// The file's text.
  public var html: String {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" \
    content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>\(title.escapedForXML)</title>
    <style>
    \(Self.styles)
    </style>
    </head>
    <body>
    <main>
    <p class="eyebrow">Probe</p>
    <h1>\(title.escapedForXML)</h1>
    <p class="intro">\(subtitle.escapedForXML)</p>
    \(lead)
    \(sections.map(section).joined())
    </main>
    </body>
    </html>

    """
  }

  /// The parts of the page: a title, how to read it, and the contents.
  private var sections: [(title: String, reading: String, html: String)] {
    [
      (
        "Answers while thinking", ProbeReport.accuracyReading,
        Self.figure(report.accuracyChart) + segmentTable
      ),
      (
        "Cells fixed and broken", ProbeReport.changesReading,
        report.changesChart.map(Self.figure) ?? ""
      ),
      (
        "How far states move", ProbeReport.residualReading,
        report.residualChart.map(Self.figure) ?? ""
      ),
      ("Ways through the state space", ProbeReport.pathsReading, paths),
      ("Directions", ProbeReport.participationReading, report.states.isEmpty ? "" : stateTable),
      (
        "Perturbed starts", (report.fixedPoints?.sentence ?? FixedPoints.nothing),
        report.fixedPoints.map { StartsChart($0).html } ?? ""
      ),
      ("One blank", report.oneBlank.sentence, ""),
      (
        "Puzzles",
        "Each answer after the segments that changed it; what is new is green, what is "
          + "against the rules is crossed or red in the last one.",
        report.boards.enumerated().map { film($1, number: $0 + 1) }.joined()
      ),
    ]
  }

  private func section(_ part: (title: String, reading: String, html: String)) -> String {
    """
    <section><h2>\(part.title)</h2>
    <p>\(part.reading.escapedForXML)</p>
    \(part.html)</section>

    """
  }

  /// The first thing seen: what the agent solves at the end.
  private var lead: String {
    guard let last = report.segments.last else { return "" }
    let interval = last.score.overall.interval()
    let (low, high) = (Self.percent(interval.lowerBound), Self.percent(interval.upperBound))
    return """
      <p class="amount"><span class="big">\(Self.percent(last.score.exactAccuracy))</span> \
      <span class="unit">of \(report.puzzles) puzzles solved after \(last.segment) segments<br>\
      95 % interval \(low) to \(high); \(Self.percent(last.score.cellAccuracy)) of the cells \
      right</span></p>
      """
  }

  private var paths: String {
    guard !report.paths.isEmpty else { return "" }
    return "<div class=\"row\">"
      + report.paths.map { path in
        let share = Self.percent(path.share)
        return "<figure>\(Self.image(PathsDrawing(path).svg, alt: "Ways of \(path.name)"))"
          + "<figcaption>\(path.name.escapedForXML): \(share) of the variance lies in this plane"
          + "</figcaption></figure>\n"
      }.joined() + "</div>\n"
  }

  private var segmentTable: String {
    let rows = report.segments.map { step in
      [
        "\(step.segment)", Self.percent(step.score.cellAccuracy),
        Self.percent(step.score.exactAccuracy),
      ]
        + report.states.map { state in
          report.residual(of: state.name, in: step.segment).map(Self.short) ?? "–"
        }
    }
    return Self.table(
      ["segment", "cells right", "puzzles solved"] + report.states.map { "residual \($0.name)" },
      rows)
  }

  private var stateTable: String {
    Self.table(
      ["state", "width", "participation ratio"],
      report.states.map {
        [$0.name, "\($0.width)", $0.participation.map(Self.short) ?? "–"]
      }) + "<p class=\"note\">" + ProbeReport.participationNote + "</p>"
  }

  /// A puzzle, its answer after each segment that changed it, and the problem with the last one.
  private func film(_ board: ProbeReport.Board, number: Int) -> String {
    let example = board.example
    let verdict = board.verdict
    var frames = [("the puzzle", task.draw(example.question, answer: nil))]
    var before = frames[0].1
    for (index, thought) in board.thoughts.enumerated() {
      let drawing = task.draw(example.question, answer: thought)
      let isLast = index == board.thoughts.count - 1
      if drawing != before || isLast, isLast || frames.count < Self.maximumFrames {
        let changes = drawing.markingChanges(since: before)
        let wrong = isLast ? verdict?.wrongCells ?? [] : []
        frames.append(("after segment \(index + 1)", changes.markingWrong(wrong)))
      }
      before = drawing
    }
    let side = max(8, min(28, 280 / task.grid.columns))
    let pictures = frames.map { caption, drawing in
      let alt = "Puzzle \(number), \(caption)"
      let svg = SVGRenderer(cellSide: side).text(drawing, title: alt)
      return "<figure>\(Self.image(svg, alt: alt))<figcaption>\(caption)</figcaption></figure>\n"
    }
    let ending =
      verdict.map { $0.isSolved ? "solved" : "not solved: \($0.problem ?? "wrong")" }
      ?? "no answer"
    return "<h3>Puzzle \(number): \(ending.escapedForXML)</h3>\n"
      + "<div class=\"film\">\n\(pictures.joined())</div>\n"
  }

  /// A chart in two sizes, of which the page shows the one that fits.
  private static func figure(_ chart: Chart) -> String {
    let narrow = Data(chart.narrowSVG.utf8).base64EncodedString()
    return """
      <figure><picture><source media="(max-width: 44rem)" \
      srcset="data:image/svg+xml;base64,\(narrow)">\(image(chart.svg, alt: chart.title))</picture>\
      <figcaption class="below">\(chart.note.escapedForXML)</figcaption></figure>

      """
  }

  /// Each drawing is a separate image, since styles of several drawings in one page would mix.
  private static func image(_ svg: String, alt: String) -> String {
    "<img alt=\"\(alt.escapedForXML)\" src=\"data:image/svg+xml;base64,"
      + Data(svg.utf8).base64EncodedString() + "\">"
  }

  private static func table(_ head: [String], _ rows: [[String]]) -> String {
    func cells(_ texts: [String], _ tag: String) -> String {
      let scope = tag == "th" ? " scope=\"col\"" : ""
      return "<tr>" + texts.map { "<\(tag)\(scope)>\($0.escapedForXML)</\(tag)>" }.joined()
        + "</tr>\n"
    }
    return
      "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"\(head[0])\"><table>\n<thead>\(cells(head, "th"))</thead>\n<tbody>\n"
      + rows.map { cells($0, "td") }.joined() + "</tbody>\n</table></div>\n"
  }

  static func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }
  static func short(_ value: Double) -> String { String(format: "%.4g", value) }

  private static let styles =
    PageDress.palette + PageDress.text + """
      .eyebrow { color: var(--soft); font-size: .925rem; margin: 0 0 .35rem; }
      .amount { margin: 0; display: flex; align-items: center; gap: 1rem; flex-wrap: wrap; }
      .big { font-size: clamp(2.6rem, 2rem + 3vw, 4rem); font-weight: 700; line-height: 1;
        color: var(--accent); letter-spacing: -.03em; white-space: nowrap; }
      .unit { color: var(--soft); font-size: .925rem; line-height: 1.35; }
      .note, figcaption { color: var(--soft); font-size: .875rem; max-width: 44rem; }
      figcaption { overflow-wrap: anywhere; } .below { display: none; }
      @media (max-width: 44rem) { .below { display: block; } }
      td { white-space: nowrap; }
      img { max-width: 100%; height: auto; display: block; }
      .wide { overflow-x: auto; max-width: 100%; }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin-top: 1rem; }
      th, td { padding: .3rem .7rem; border-bottom: 1px solid var(--line); text-align: right; }
      th { color: var(--soft); font-size: .8125rem; }
      .starts { width: min(100%, 32rem); } .starts .bars { width: 60%; color: var(--accent); }
      .starts svg { display: block; }
      .film, .row { display: flex; flex-wrap: wrap; gap: 1rem; }
      .film figure { max-width: 100%; }
      .row figure { width: min(100%, 26rem); }
      """
}
