/// A few lines over a common axis: accuracy by rating, over training, or over thinking.
struct LineChart: Chart {
  /// One line: its name, color, and its points by increasing x.
  struct Line: Sendable, Hashable {
    let name: String
    let style: LineStyle
    let points: [Point]
  }

  /// A point, and the interval around it if there is one.
  struct Point: Sendable, Hashable {
    let x, y: Double
    var interval: ClosedRange<Double>?
  }

  /// A height that lines are compared with, such as a solver's.
  struct Reference: Sendable, Hashable {
    let name: String
    let y: Double
  }

  let name: String
  let title: String
  let lines: [Line]
  let xTitle: String
  /// The labels along the x axis; nil for numbers.
  var categories: [String]?
  /// Whether points are marked.
  var marksPoints = false
  /// Whether the x axis is logarithmic.
  var isLogarithmic = false
  /// Horizontal lines to compare with.
  var references: [Reference] = []
  /// The text of a number on the x axis.
  var label: @Sendable (Double) -> String = Figures.scaled

  var wideFrame: ChartFrame {
    var frame = ChartFrame.wide
    frame.right = 190
    return frame
  }

  func content(_ frame: ChartFrame) -> HTML {
    let all = lines.flatMap(\.points)
    let intervals = all.compactMap(\.interval)
    let values =
      all.map(\.y) + intervals.flatMap { [$0.lowerBound, $0.upperBound] } + references.map(\.y)
    let y = Scale.share(values, from: frame.plotBottom, to: frame.plotTop + 10)
    let x = xScale(all, frame)
    var svg = frame.axes(
      x: x, xTicks: xTicks(x, frame), xTitle: xTitle, y: y,
      yTicks: y.ticks(about: 5) { Figures.significant($0 * 100) + " %" }, yTitle: "Solved")
    for reference in references {
      let place = y.place(reference.y)
      svg += """
        <path class="reference" d="M\(frame.plotLeft) \(place)H\(frame.plotRight)"/>
        """
    }
    for (index, line) in lines.enumerated() where !line.points.isEmpty {
      svg += draw(line, index, x, y)
    }
    return frame.isNarrow ? svg : svg + labels(x, y, frame)
  }

  private func xScale(_ points: [Point], _ frame: ChartFrame) -> Scale {
    guard let categories else {
      if isLogarithmic {
        return .cost(points.map(\.x), from: frame.plotLeft + 6, to: frame.plotRight - 6)
      }
      return .fromZero(
        to: points.map(\.x).max() ?? 1, from: frame.plotLeft, to: frame.plotRight)
    }
    let last = Double(categories.count - 1)
    return Scale(
      kind: .linear, domain: -0.4...last + 0.4, start: frame.plotLeft, end: frame.plotRight)
  }

  private func xTicks(_ x: Scale, _ frame: ChartFrame) -> [Scale.Tick] {
    guard let categories else {
      return x.ticks(about: frame.isNarrow ? 3 : 5, label: label)
    }
    let room = (frame.plotRight - frame.plotLeft) / Double(max(1, categories.count))
    let limit = max(3, Int(room / 7))
    return categories.enumerated().map {
      Scale.Tick(value: Double($0.offset), label: $0.element.shortened(to: limit))
    }
  }

  private func draw(_ line: Line, _ index: Int, _ x: Scale, _ y: Scale) -> HTML {
    var path: HTML = ""
    for (number, point) in line.points.enumerated() {
      path += "\(HTML(trusted: number == 0 ? "M" : "L"))\(x.place(point.x)) \(y.place(point.y))"
    }
    var svg: HTML = "<g class=\"series \(line.style.name)\"><path d=\"\(path)\"/>"
    guard marksPoints else { return svg + "</g>" }
    // The intervals of neighboring lines are drawn side by side.
    let shift = (Double(index) - Double(lines.count - 1) / 2) * 4
    for point in line.points {
      let (px, py) = (x.place(point.x), y.place(point.y))
      if let interval = point.interval {
        svg += """
          <path class="whisker" d="M\(px + shift) \(y.place(interval.lowerBound))\
          V\(y.place(interval.upperBound))"/>
          """
      }
      svg += line.style.mark(x: px, y: py)
    }
    return svg + "</g>"
  }

  /// The names beside the ends of the lines, and those of the references.
  private func labels(_ x: Scale, _ y: Scale, _ frame: ChartFrame) -> HTML {
    let shown = lines.filter { !$0.points.isEmpty }
    let ends = shown.map { line -> (x: Double, y: Double) in
      let last = line.points.last
      return (last.map { x.place($0.x) } ?? frame.plotRight, y.place(last?.y ?? 0))
    }
    let heights = references.map { (x: frame.plotRight - 6, y: y.place($0.y)) }
    let places = LabelPlacing.spread(
      (ends + heights).map(\.y), gap: 17, within: frame.plotTop + 6...frame.plotBottom)
    let styles = shown.map(\.style) + references.map { _ in LineStyle(place: nil) }
    let names = shown.map(\.name) + references.map(\.name)
    let start = frame.plotRight + 26
    return (ends + heights).indices.map { index -> HTML in
      let end = (ends + heights)[index]
      return """
        <g class="series \(styles[index].name)">\
        <path class="leader" d="M\(end.x + 6) \(end.y)L\(start - 18) \(places[index])"/>\
        \(styles[index].mark(x: start - 9, y: places[index]))\
        <text class="label" x="\(start)" y="\(places[index] + 4)">\
        \(names[index].shortened(to: 22))</text></g>
        """
    }.joined()
  }

  /// The names of the lines with their marks, for narrow screens without space beside the chart.
  var legend: HTML {
    let items =
      lines.map { ($0.name, $0.style) } + references.map { ($0.name, LineStyle(place: nil)) }
    let rows = items.map { name, style -> HTML in
      """
      <li><svg class="line series \(style.name)" viewBox="0 0 28 14" width="28" \
      height="14" aria-hidden="true"><path d="M0 7H28"/>\(style.mark(x: 14, y: 7))</svg>\
      <bdi>\(name)</bdi></li>

      """
    }
    return "<ul class=\"legend\">\(rows.joined())</ul>\n"
  }
}
