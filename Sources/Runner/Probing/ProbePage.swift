import Foundation
import Gym

/// A probe's report as one self-contained HTML file, for light and dark pages.
public struct ProbePage {
  private static let mostFrames = 16

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
    let charts = [report.accuracyChart] + [report.residualChart].compactMap { $0 }
    return """
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
      <h1>\(title.escapedForXML)</h1>
      <p class="note">\(subtitle.escapedForXML)</p>
      \(charts.map { Self.image($0.svg, alt: $0.title) + "\n" }.joined())
      <h2>Segments</h2>
      \(segmentTable)
      <h2>States</h2>
      \(stateTable)
      <h2>One blank</h2>
      <p>\(report.oneBlank.sentence.escapedForXML)</p>
      <h2>Perturbed starts</h2>
      <p>\((report.fixedPoints?.sentence ?? FixedPoints.nothing).escapedForXML)</p>
      <h2>Puzzles</h2>
      \(report.boards.enumerated().map { film($1, number: $0 + 1) }.joined())
      </main>
      </body>
      </html>

      """
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
      if drawing != before || isLast, isLast || frames.count < Self.mostFrames {
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

  /// Each drawing is a separate image, since styles of several drawings in one page would mix.
  private static func image(_ svg: String, alt: String) -> String {
    "<img alt=\"\(alt.escapedForXML)\" src=\"data:image/svg+xml;base64,"
      + Data(svg.utf8).base64EncodedString() + "\">"
  }

  private static func table(_ head: [String], _ rows: [[String]]) -> String {
    func cells(_ texts: [String], _ tag: String) -> String {
      "<tr>" + texts.map { "<\(tag)>\($0.escapedForXML)</\(tag)>" }.joined() + "</tr>\n"
    }
    return "<div class=\"wide\"><table>\n<thead>\(cells(head, "th"))</thead>\n<tbody>\n"
      + rows.map { cells($0, "td") }.joined() + "</tbody>\n</table></div>\n"
  }

  static func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }
  static func short(_ value: Double) -> String { String(format: "%.4g", value) }

  private static let styles = """
    :root{color-scheme:light dark;--ink:#16191d;--paper:#fff;--soft:#565e69;--line:#d9dde3}
    @media (prefers-color-scheme:dark){:root{--ink:#e9ecf0;--paper:#16181c;--soft:#a3acb8;
    --line:#33363c}}
    body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
    main{max-width:70rem;margin:0 auto;padding:1.5rem 1.25rem 4rem}
    h1,h3{overflow-wrap:anywhere}.note,figcaption{color:var(--soft);font-size:.9rem}
    img{max-width:100%;height:auto}.wide{overflow-x:auto}
    table{border-collapse:collapse;font-variant-numeric:tabular-nums}
    th,td{padding:.3rem .9rem;border-bottom:1px solid var(--line);text-align:right}
    .film{display:flex;flex-wrap:wrap;gap:1rem}figure{margin:0}
    """
}
