/// A chart that can be drawn in several sizes.
package protocol Chart: Sendable {
  /// A name that is unique on the page.
  var name: String { get }
  /// The message of the chart, in a sentence.
  var title: String { get }
  /// The contents of the chart.
  func content(_ frame: ChartFrame) -> HTML
  /// The frame for wide screens. Default: the usual one.
  var wideFrame: ChartFrame { get }
  /// The frame for narrow screens. Default: the usual one.
  var narrowFrame: ChartFrame { get }
  /// The names of what is drawn with their marks, for narrow screens. Default: nothing.
  var legend: HTML { get }
}

extension Chart {
  package var wideFrame: ChartFrame { .wide }
  package var narrowFrame: ChartFrame { .narrow }
  package var legend: HTML { "" }

  /// Both sizes; the style sheet shows one of them.
  package var svg: HTML {
    [wideFrame, narrowFrame].map { $0.svg(content($0), title: title, name: name) }.joined()
  }
}

/// The size of a chart and the margins around its plot. Each chart is drawn twice, for wide and for
/// narrow screens, so that its text has the same size on both.
package struct ChartFrame: Sendable, Hashable {
  package var width, height, left, right, top, bottom: Double
  /// Whether this is for narrow screens.
  package let isNarrow: Bool

  /// A frame with the given margins.
  package init(
    width: Double, height: Double, left: Double = 56, right: Double = 20, top: Double = 16,
    bottom: Double = 48, isNarrow: Bool
  ) {
    (self.width, self.height, self.isNarrow) = (width, height, isNarrow)
    (self.left, self.right, self.top, self.bottom) = (left, right, top, bottom)
  }

  package static let wide = ChartFrame(width: 760, height: 380, isNarrow: false)
  package static let narrow = ChartFrame(width: 360, height: 300, isNarrow: true)

  package var plotLeft: Double { left }
  package var plotRight: Double { width - right }
  package var plotTop: Double { top }
  package var plotBottom: Double { height - bottom }

  /// A chart with the given contents.
  ///
  /// - Parameters:
  ///   - title: the message of the chart, in a sentence, for screen readers.
  ///   - name: a name that is unique on the page.
  package func svg(_ content: HTML, title: String, name: String) -> HTML {
    let id = "\(name)-\(isNarrow ? "narrow" : "wide")"
    return """
      <svg class="chart \(isNarrow ? "narrow" : "wide")" viewBox="0 0 \(width) \(height)" \
      role="img" aria-labelledby="\(id)"><title id="\(id)">\(title)</title>\(content)</svg>

      """
  }

  /// The lines and labels of both axes.
  package func axes(
    x: Scale, xTicks: [Scale.Tick], xTitle: String, y: Scale, yTicks: [Scale.Tick], yTitle: String
  ) -> HTML {
    var svg: HTML = ""
    for tick in yTicks {
      let place = y.place(tick.value)
      svg += """
        <path class="grid" d="M\(plotLeft) \(place)H\(plotRight)"/>\
        <text class="tick end" x="\(plotLeft - 8)" y="\(place + 4)">\(tick.label)</text>
        """
    }
    for tick in xTicks {
      let place = x.place(tick.value)
      svg += """
        <path class="grid" d="M\(place) \(plotBottom)v5"/>\
        <text class="tick mid" x="\(place)" y="\(plotBottom + 19)">\(tick.label)</text>
        """
    }
    svg += """
      <path class="axis" d="M\(plotLeft) \(plotBottom)H\(plotRight)"/>\
      <text class="name mid" x="\((plotLeft + plotRight) / 2)" y="\(height - 8)">\(xTitle)</text>\
      <text class="name" x="0" y="\(plotTop - 4)">\(yTitle)</text>
      """
    return svg
  }
}

/// A chart as a file of its own: colors and fonts inside, a white page, and its caption below, for
/// papers, slides, and programs that turn SVG into PNG.
package struct ChartFile: Sendable {
  package let chart: any Chart
  /// The sentence or two below the chart.
  package let caption: String

  /// A chart with its caption.
  package init(chart: any Chart, caption: String) {
    (self.chart, self.caption) = (chart, caption)
  }

  /// The path within a benchmark's folder.
  package var path: String { "charts/\(chart.name).svg" }

  /// The link to the file, for below the chart.
  package func link(root: String = "") -> HTML {
    "<p class=\"save\"><a href=\"\(root)\(path)\" download>Save this chart (SVG)</a></p>\n"
  }

  /// The chart and the link below it.
  package var figure: HTML { "<figure>\(chart.svg)\(chart.legend)</figure>\(link())" }

  /// The file's text.
  package var text: String {
    let frame = chart.wideFrame
    let lines = caption.wrapped(to: 104)
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

  /// The rules of the pages' charts with their light colors written out.
  private static let styles: String = {
    var text = Styles.charts
    for color in Styles.palette.prefix(while: { $0 != "@" }).matches(of: /--(\w+): (#\w+)/) {
      text = text.replacing("var(--\(color.1))", with: color.2)
    }
    return text
      + ".chart text{font-family:Helvetica,Arial,'Liberation Sans',sans-serif}"
      + ".chart .caption{font-size:13px;fill:#16191d}.page{fill:#ffffff}"
  }()
}
