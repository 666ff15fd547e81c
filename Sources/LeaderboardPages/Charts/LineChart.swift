/// A few lines over a common axis: accuracy by rating, or over training.
struct LineChart: Chart {
  /// One line: its name and its points by increasing x.
  struct Line: Sendable, Hashable {
    let name: String
    let points: [Point]
  }

  /// A point, and the interval around it if there is one.
  struct Point: Sendable, Hashable {
    let x, y: Double
    var interval: ClosedRange<Double>?
  }

  /// More lines can't be told apart; callers choose which to show.
  static let mostLines = 8

  let name: String
  let title: String
  let lines: [Line]
  let xTitle: String
  /// The labels along the x axis; nil for numbers.
  var categories: [String]?
  /// Whether points are marked.
  var marksPoints = false

  var wideFrame: ChartFrame {
    var frame = ChartFrame.wide
    frame.right = 190
    return frame
  }

  func content(_ frame: ChartFrame) -> HTML {
    let all = lines.flatMap(\.points)
    let intervals = all.compactMap(\.interval)
    let values = all.map(\.y) + intervals.flatMap { [$0.lowerBound, $0.upperBound] }
    let y = Scale.share(values, from: frame.plotBottom, to: frame.plotTop + 10)
    let x = xScale(all, frame)
    var svg = frame.axes(
      x: x, xTicks: xTicks(x, frame), xTitle: xTitle, y: y,
      yTicks: y.ticks(about: 5) { Figures.significant($0 * 100) + " %" }, yTitle: "Solved")
    for (index, line) in lines.enumerated() where !line.points.isEmpty {
      svg += draw(line, index, x, y)
    }
    return frame.isNarrow ? svg : svg + labels(x, y, frame)
  }

  private func xScale(_ points: [Point], _ frame: ChartFrame) -> Scale {
    guard let categories else {
      return .fromZero(
        to: points.map(\.x).max() ?? 1, from: frame.plotLeft, to: frame.plotRight)
    }
    let last = Double(categories.count - 1)
    return Scale(
      kind: .linear, domain: -0.4...last + 0.4, start: frame.plotLeft, end: frame.plotRight)
  }

  private func xTicks(_ x: Scale, _ frame: ChartFrame) -> [Scale.Tick] {
    guard let categories else {
      return x.ticks(about: frame.isNarrow ? 3 : 5) { Figures.scaled($0) }
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
    var svg: HTML = "<g class=\"series s\(index % Self.mostLines)\"><path d=\"\(path)\"/>"
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
      svg += Marker.svg(index, x: px, y: py)
    }
    return svg + "</g>"
  }

  private func labels(_ x: Scale, _ y: Scale, _ frame: ChartFrame) -> HTML {
    let shown = lines.indices.filter { !lines[$0].points.isEmpty }
    let wanted = shown.map { y.place(lines[$0].points.last?.y ?? 0) }
    let places = LabelPlacing.spread(
      wanted, gap: 17, within: frame.plotTop + 6...frame.plotBottom)
    return zip(shown, places).map { index, place -> HTML in
      let end = lines[index].points.last.map { x.place($0.x) } ?? frame.plotRight
      let start = frame.plotRight + 26
      let from = y.place(lines[index].points.last?.y ?? 0)
      return """
        <g class="series s\(index % Self.mostLines)">\
        <path class="leader" d="M\(end + 6) \(from)L\(start - 18) \(place)"/>\
        \(Marker.svg(index, x: start - 9, y: place))\
        <text class="label" x="\(start)" y="\(place + 4)">\
        \(lines[index].name.shortened(to: 22))</text></g>
        """
    }.joined()
  }

  /// The names of the lines with their marks, for narrow screens without space beside the chart.
  var legend: HTML {
    let items = lines.enumerated().map { index, line -> HTML in
      """
      <li><svg class="line series s\(index % Self.mostLines)" viewBox="0 0 28 14" width="28" \
      height="14" aria-hidden="true"><path d="M0 7H28"/>\(Marker.svg(index, x: 14, y: 7))</svg>\
      <bdi>\(line.name)</bdi></li>

      """
    }
    return "<ul class=\"legend\">\(items.joined())</ul>\n"
  }
}
