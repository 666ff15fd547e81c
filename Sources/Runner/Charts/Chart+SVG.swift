import Foundation
import Gym

extension Chart {
  /// The chart as an SVG document that is readable on light and dark pages.
  public var svg: String { svg(isNarrow: false) }

  /// The chart for narrow screens, without title and note and with the legend below.
  package var narrowSVG: String { svg(isNarrow: true) }

  private func svg(isNarrow: Bool) -> String {
    let layout = ChartLayout(self, isNarrow: isNarrow)
    var svg = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(layout.width) \(layout.height)" \
      width="\(layout.width)" height="\(layout.height)" role="img">
      <title>\(title.escapedForXML)</title>
      <style>
      \(Self.styles)
      </style>
      <rect class="page" width="\(layout.width)" height="\(layout.height)"/>

      """
    if !isNarrow {
      svg += Self.text(title, 24, 30, "title")
      svg += Self.text(note, 24, 50, "note")
    }
    svg += axes(layout)
    for series in series { svg += lines(series, layout) }
    for series in series { svg += marks(series, layout) }
    return svg + legend(layout) + "</svg>\n"
  }

  private func axes(_ layout: ChartLayout) -> String {
    let (left, right, top, bottom) = (layout.left, layout.right, layout.top, layout.bottom)
    var svg = ""
    for tick in layout.y.ticks {
      guard let y = layout.height(of: tick) else { continue }
      svg += "<path class=\"grid\" d=\"M\(left) \(y)H\(right)\"/>\n"
      svg += Self.text("\(Int((tick * 100).rounded())) %", left - 8, y + 4, "end")
    }
    for tick in layout.x.ticks {
      guard let x = layout.position(of: tick) else { continue }
      svg += "<path class=\"grid\" d=\"M\(x) \(top)V\(bottom)\"/>\n"
      svg += Self.text(Self.short(tick), x, bottom + 18, "middle")
    }
    svg += "<path class=\"axis\" d=\"M\(left) \(top)V\(bottom)H\(right)\"/>\n"
    svg += Self.text(xTitle, (left + right) / 2, bottom + 40, "middle")
    return svg + Self.text(yTitle, left, top - 10, "note")
  }

  private func lines(_ series: Series, _ layout: ChartLayout) -> String {
    let places = series.points.compactMap(layout.place)
    guard series.isJoined, places.count > 1 else { return "" }
    let path = places.map { "\($0.x) \($0.y)" }.joined(separator: "L")
    return "<path class=\"line c\(color(of: series))\" d=\"M\(path)\"/>\n"
  }

  private func marks(_ series: Series, _ layout: ChartLayout) -> String {
    series.points.compactMap { point -> String? in
      guard let place = layout.place(point) else { return nil }
      var svg = ""
      if series.isMarked {
        svg +=
          "<circle class=\"mark c\(color(of: series))\" cx=\"\(place.x)\" cy=\"\(place.y)\" "
          + "r=\"4\"/>\n"
      }
      if let label = point.label {
        // Neighboring series have their labels on different sides, since their points often
        // coincide.
        let isAbove = color(of: series) % 2 == 0
        svg += Self.text(label, place.x, place.y + (isAbove ? -8 : 18), "label")
      }
      return svg
    }.joined()
  }

  private func legend(_ layout: ChartLayout) -> String {
    names.enumerated().map { index, name in
      let x = layout.isNarrow ? layout.left : layout.right + 16
      let y = (layout.isNarrow ? layout.bottom + 60 : layout.top + 8) + Double(index) * 20
      return "<rect class=\"key c\(index % Self.colors.count)\" x=\"\(x)\" "
        + "y=\"\(y - 6)\" width=\"14\" height=\"6\"/>\n" + Self.text(name, x + 20, y + 2, "start")
    }.joined()
  }

  private func color(of series: Series) -> Int {
    (names.firstIndex(of: series.name) ?? 0) % Self.colors.count
  }

  private static func text(_ text: String, _ x: Double, _ y: Double, _ name: String) -> String {
    text.isEmpty
      ? "" : "<text class=\"\(name)\" x=\"\(x)\" y=\"\(y)\">\(text.escapedForXML)</text>\n"
  }

  /// A number with a unit prefix, such as 20 G.
  static func short(_ value: Double) -> String {
    let units: [(Double, String)] = [
      (1e18, "E"), (1e15, "P"), (1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"), (1, ""),
    ]
    let (unit, name) = units.first { abs(value) >= $0.0 * 0.9999 } ?? (1, "")
    return String(format: "%.4g", value / unit) + (name.isEmpty ? "" : " \(name)")
  }

  /// Colors that people with any color vision can distinguish (Okabe and Ito, 2008).
  private static let colors = [
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f7f7f", "#a6761d",
  ]

  private static var styles: String {
    let colors = colors.enumerated().map { index, color in
      ".line.c\(index){stroke:\(color)}.mark.c\(index),.key.c\(index){fill:\(color)}"
    }
    return """
      text{font:13px system-ui,sans-serif;fill:#222}
      .title{font-size:18px;font-weight:600}.note{fill:#666}
      .end{text-anchor:end}.middle,.label{text-anchor:middle}.label{font-size:11px}
      .page{fill:#fff}.grid{stroke:#ddd}.axis{stroke:#444;fill:none}
      .line{fill:none;stroke-width:1.8;stroke-linejoin:round}.mark{stroke:#fff;stroke-width:1}
      \(colors.joined(separator: "\n"))
      @media (prefers-color-scheme:dark){text{fill:#eee}.note{fill:#aaa}.page{fill:#16181c}
      .grid{stroke:#33363c}.axis{stroke:#999}.mark{stroke:#16181c}}
      """
  }
}
