import Foundation
import Gym
import GymEvaluation
import GymReports

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
    Self.document(
      kind: "Probe", title: title, subtitle: subtitle,
      body: lead + sections.map(Self.section).joined())
  }

  /// A page of its own, with a title and the parts below it.
  static func document(kind: String, title: String, subtitle: String, body: HTML) -> String {
    let page: HTML = """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" \
      content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(title)</title>
      <style>
      \(HTML(trusted: Self.styles))
      </style>
      </head>
      <body>
      <main>
      <p class="eyebrow">\(kind)</p>
      <h1>\(title)</h1>
      <p class="intro">\(subtitle)</p>
      \(body)
      </main>
      </body>
      </html>

      """
    return page.text
  }

  /// The parts of the page: a title, how to read it, and the contents.
  private var sections: [(title: String, reading: String, html: HTML)] {
    [
      (
        "Answers while thinking", ProbeReading.accuracy,
        Self.figure(report.accuracyChart) + segmentTable
      ),
      (
        "Cells fixed and broken", ProbeReading.changes,
        report.changesChart.map(Self.figure) ?? ""
      ),
      ("Halting", report.haltingSentence, haltingBars),
      (
        "How far states move", ProbeReading.residuals,
        report.residualChart.map(Self.figure) ?? ""
      ),
      ("Ways through the state space", ProbeReport.pathsReading, paths),
      ("Directions", ProbeReading.participation, report.states.isEmpty ? "" : stateTable),
      (
        "Perturbed starts", (report.fixedPoints?.sentence ?? FixedPoints.nothing),
        report.fixedPoints.map { points in
          BarTable(
            "distinct answers", "puzzles", points.histogram.enumerated().map { ($0 + 1, $1) }
          ).html
        } ?? ""
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

  static func section(_ part: (title: String, reading: String, html: HTML)) -> HTML {
    """
    <section><h2>\(part.title)</h2>
    <p>\(part.reading)</p>
    \(part.html)</section>

    """
  }

  /// The first thing seen: what the agent solves at the end.
  private var lead: HTML {
    guard let last = report.segments.last else { return "" }
    let interval = last.score.overall.interval()
    let (low, high) = (Figures.percent(interval.lowerBound), Figures.percent(interval.upperBound))
    return """
      <p class="amount"><span class="big">\(Figures.percent(last.score.exactAccuracy))</span> \
      <span class="unit">of \(report.puzzles) puzzles solved after \(last.segment) segments<br>\
      95 % interval \(low) to \(high); \(Figures.percent(last.score.cellAccuracy)) of the cells \
      right</span></p>
      """
  }

  private var paths: HTML {
    guard !report.paths.isEmpty else { return "" }
    let figures = report.paths.map { path -> HTML in
      """
      <figure>\(PathsDrawing(path).svg)<figcaption>\(path.name): \(Figures.percent(path.share)) \
      of the variance lies in this plane</figcaption></figure>

      """
    }
    return "<div class=\"row\">\(figures.joined())</div>\n"
  }

  private var haltingBars: HTML {
    guard report.segments.count > 1 else { return "" }
    return BarTable(
      "segments", "puzzles", report.halts.map { ($0.segment, $0.puzzles) },
      of: ("solved", report.halts.map(\.solved))
    ).html
  }

  private var segmentTable: HTML {
    let rows = report.segments.map { step in
      [
        "\(step.segment)", Figures.percent(step.score.cellAccuracy),
        Figures.percent(step.score.exactAccuracy),
      ]
        + report.states.map { state in
          report.residual(of: state.name, in: step.segment).map(Figures.significant) ?? "–"
        }
    }
    return Self.table(
      ["segment", "cells right", "puzzles solved"] + report.states.map { "residual \($0.name)" },
      rows)
  }

  private var stateTable: HTML {
    Self.table(
      ["state", "width", "participation ratio"],
      report.states.map {
        [$0.name, "\($0.width)", $0.participation.map(Figures.significant) ?? "–"]
      }) + "<p class=\"note\">\(ProbeReport.participationNote)</p>"
  }

  /// A puzzle, its answer after each segment that changed it, and the problem with the last one.
  private func film(_ board: ProbeReport.Board, number: Int) -> HTML {
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
    let pictures = frames.map { caption, drawing -> HTML in
      let alt = "Puzzle \(number), \(caption)"
      let svg = SVGRenderer(cellSide: side).text(drawing, title: alt)
      return "<figure>\(Self.image(svg, alt: alt))<figcaption>\(caption)</figcaption></figure>\n"
    }
    let ending =
      verdict.map { $0.isSolved ? "solved" : "not solved: \($0.problem ?? "wrong")" }
      ?? "no answer"
    return """
      <h3>Puzzle \(number): \(ending)</h3>
      <div class="film">
      \(pictures.joined())</div>

      """
  }

  /// A chart in two sizes, of which the page shows the one that fits.
  static func figure(_ file: ChartFile) -> HTML {
    """
    <figure>\(file.chart.svg)\(file.chart.legend)<figcaption>\(file.caption)</figcaption></figure>

    """
  }

  /// Each board is a separate image, since styles of several drawings in one page would mix.
  private static func image(_ svg: String, alt: String) -> HTML {
    "<img alt=\"\(alt)\" src=\"data:image/svg+xml;base64,\(Data(svg.utf8).base64EncodedString())\">"
  }

  static func table(_ head: [String], _ rows: [[String]]) -> HTML {
    let titles = head.map { "<th scope=\"col\">\($0)</th>" as HTML }.joined()
    let body = rows.map { row -> HTML in
      "<tr>\(row.map { "<td>\($0)</td>" as HTML }.joined())</tr>\n"
    }
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="\(head[0])"><table>
      <thead><tr>\(titles)</tr>
      </thead>
      <tbody>
      \(body.joined())</tbody>
      </table></div>

      """
  }

  private static let styles =
    Styles.page + Styles.figures + Styles.charts
    + String(decoding: PackageResources.probe_css, as: UTF8.self)
}
