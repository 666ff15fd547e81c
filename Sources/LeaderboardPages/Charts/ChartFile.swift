import Foundation

/// A chart as a file of its own: colors and fonts inside, a white page, and its caption below, for
/// papers, slides, and programs that turn SVG into PNG.
struct ChartFile: Sendable {
  let chart: any Chart
  /// The sentence or two below the chart.
  let caption: String

  /// The path within a benchmark's folder.
  var path: String { "charts/\(chart.name).svg" }

  /// The link to the file, for below the chart.
  func link(root: String = "") -> HTML {
    "<p class=\"save\"><a href=\"\(root)\(path)\" download>Save this chart (SVG)</a></p>\n"
  }

  /// The chart and the link below it.
  var figure: HTML { "<figure>\(chart.svg)\(chart.legend)</figure>\(link())" }

  /// The file's text.
  var text: String {
    let frame = chart.wideFrame
    let lines = Self.wrapped(caption, to: 104)
    let height = frame.height + 24 + Double(lines.count) * 18
    let words = lines.enumerated().map { index, line -> HTML in
      "<text class=\"caption\" x=\"0\" y=\"\(frame.height + 22 + Double(index) * 18)\">\(line)</text>"
    }
    let svg: HTML = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="-16 -16 \(frame.width + 32) \(height + 32)" \
      width="\(frame.width + 32)" height="\(height + 32)" class="chart" role="img">
      <title>\(chart.title)</title>
      <style>\(HTML(trusted: Self.styles))</style>
      <path class="page" d="M-16 -16h\(frame.width + 32)v\(height + 32)h-\(frame.width + 32)z"/>
      \(chart.content(frame))\(words.joined())
      </svg>

      """
    return svg.text
  }

  /// A text in lines of at most `limit` characters, broken at spaces.
  static func wrapped(_ text: String, to limit: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + word.count < limit {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  private static let colors = [
    "paper": "#ffffff", "ink": "#16191d", "soft": "#565e69", "line": "#d9dde3", "accent": "#0a5bb5",
    "s0": "#0a5bb5", "s1": "#b3420a", "s2": "#0b7a5b", "s3": "#8a3f92", "s4": "#7a6200",
    "s5": "#3d4650", "s6": "#a3195b", "s7": "#2b7f9e",
  ]

  /// The rules of the pages' charts with their light colors written out.
  private static let styles: String = {
    var text = Assets.drawnCharts
    for (name, color) in colors { text = text.replacing("var(--\(name))", with: color) }
    return text
      + ".chart text{font-family:Helvetica,Arial,'Liberation Sans',sans-serif}"
      + ".chart .caption{font-size:13px;fill:#16191d}.page{fill:#ffffff}"
  }()
}
