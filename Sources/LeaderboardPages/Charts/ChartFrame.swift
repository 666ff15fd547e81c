/// The size of a chart and the margins around its plot. Each chart is drawn twice, for wide and for
/// narrow screens, so that its text has the same size on both.
struct ChartFrame: Sendable, Hashable {
  let width, height: Double
  var left = 56.0, right = 20.0, top = 16.0, bottom = 48.0
  /// Whether this is for narrow screens.
  let isNarrow: Bool

  static let wide = ChartFrame(width: 760, height: 380, isNarrow: false)
  static let narrow = ChartFrame(width: 360, height: 300, isNarrow: true)

  var plotLeft: Double { left }
  var plotRight: Double { width - right }
  var plotTop: Double { top }
  var plotBottom: Double { height - bottom }

  /// A chart with the given contents.
  ///
  /// - Parameters:
  ///   - title: the message of the chart, in a sentence, for screen readers.
  ///   - name: a name that is unique on the page.
  func svg(_ content: HTML, title: String, name: String) -> HTML {
    let id = "\(name)-\(isNarrow ? "narrow" : "wide")"
    return """
      <svg class="chart \(isNarrow ? "narrow" : "wide")" viewBox="0 0 \(width) \(height)" \
      role="img" aria-labelledby="\(id)"><title id="\(id)">\(title)</title>\(content)</svg>

      """
  }

  /// The lines and labels of both axes.
  func axes(
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
