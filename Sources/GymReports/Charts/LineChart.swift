/// A few lines over a common axis: accuracy by rating, over training, or over thinking.
package struct LineChart: Chart {
  /// One line: its name, color, and its points by increasing x.
  package struct Line: Sendable, Hashable {
    package let name: String
    package let points: [Point]
    let style: LineStyle
    let isJoined: Bool

    /// A line; one that is not joined has only its marks. Lines may share a name and a style.
    package init(name: String, style: LineStyle, points: [Point], isJoined: Bool = true) {
      (self.name, self.style) = (name, style)
      (self.points, self.isJoined) = (points, isJoined)
    }
  }

  /// A point, with the interval around it and a short label if there are such.
  package struct Point: Sendable, Hashable {
    package let x, y: Double
    package let interval: ClosedRange<Double>?
    package let label: String?

    package init(
      x: Double, y: Double, interval: ClosedRange<Double>? = nil, label: String? = nil
    ) {
      (self.x, self.y, self.interval, self.label) = (x, y, interval, label)
    }
  }

  package let name: String
  package let title: String
  package let lines: [Line]
  package let xTitle: String
  let yTitle: String
  let categories: [String]?
  let marksPoints: Bool
  let isLogarithmic: Bool
  let label: @Sendable (Double) -> String
  let nameLimit: Int

  /// A chart of shares, which run from 0 to 1 along y.
  ///
  /// - Parameters:
  ///   - categories: the labels along the x axis; nil for numbers.
  ///   - marksPoints: whether points are marked.
  ///   - isLogarithmic: whether the x axis is logarithmic.
  ///   - label: the text of a number on the x axis.
  ///   - nameLimit: the most characters of a line's name; a wide chart grows with it.
  package init(
    name: String, title: String, lines: [Line], xTitle: String, yTitle: String = "Solved",
    categories: [String]? = nil, marksPoints: Bool = false, isLogarithmic: Bool = false,
    label: @escaping @Sendable (Double) -> String = Figures.scaled,
    nameLimit: Int = 22
  ) {
    (self.name, self.title, self.lines) = (name, title, lines)
    (self.xTitle, self.yTitle, self.categories) = (xTitle, yTitle, categories)
    (self.marksPoints, self.isLogarithmic) = (marksPoints, isLogarithmic)
    (self.label, self.nameLimit) = (label, nameLimit)
  }

  package var wideFrame: ChartFrame {
    var frame = ChartFrame.wide
    frame.right = 190 + Double(nameLimit - 22) * 7.5
    frame.width += frame.right - 190
    return frame
  }

  package func content(_ frame: ChartFrame) -> HTML {
    let all = shownLines.flatMap(\.points)
    let intervals = all.compactMap(\.interval)
    let values = all.map(\.y) + intervals.flatMap { [$0.lowerBound, $0.upperBound] }
    let y = Scale.share(values, from: frame.plotBottom, to: frame.plotTop + 10)
    let x = xScale(all, frame)
    let share = { (value: Double) in Figures.significant(value * 100) + " %" }
    var svg = frame.axes(
      x: x, xTicks: xTicks(x, frame), xTitle: xTitle, y: y,
      yTicks: y.ticks(about: 5, label: share), yTitle: y.title(yTitle, label: share))
    for (index, line) in shownLines.enumerated() { svg += draw(line, index, x, y) }
    return frame.isNarrow ? svg : svg + labels(x, y, frame)
  }

  /// The lines with the points that can be drawn.
  private var shownLines: [Line] {
    lines.map { line in
      Line(
        name: line.name, style: line.style,
        points: line.points.filter {
          $0.y.isFinite && $0.x.isFinite && (!isLogarithmic || $0.x > 0)
        },
        isJoined: line.isJoined)
    }.filter { !$0.points.isEmpty }
  }

  private func xScale(_ points: [Point], _ frame: ChartFrame) -> Scale {
    guard let categories else {
      if isLogarithmic {
        return .cost(points.map(\.x), from: frame.plotLeft + 6, to: frame.plotRight - 6)
      }
      return .fromZero(points.map(\.x), from: frame.plotLeft, to: frame.plotRight)
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
    var svg: HTML = "<g class=\"series \(line.style.name)\">"
    if line.isJoined { svg += "<path d=\"\(path)\"/>" }
    guard marksPoints || !line.isJoined else { return svg + "</g>" }
    // The intervals of neighboring lines are drawn side by side. Between numbers they stay within
    // their marks, since another place would be another number.
    let last = Double(max(1, lines.count - 1))
    let step = min(4, (categories == nil ? 6 : 20) / last)
    let shift = (Double(index) - Double(lines.count - 1) / 2) * step
    for point in line.points {
      let (px, py) = (x.place(point.x), y.place(point.y))
      if let interval = point.interval {
        svg += """
          <path class="whisker" d="M\(px + shift) \(y.place(interval.lowerBound))\
          V\(y.place(interval.upperBound))"/>
          """
      }
      svg += line.style.mark(x: px, y: py)
      if let label = point.label {
        // Points of neighboring lines often coincide, so their labels are on different sides.
        let place = py + (index % 2 == 0 ? -9 : 19)
        svg += "<text class=\"tick mid\" x=\"\(px)\" y=\"\(place)\">\(label)</text>"
      }
    }
    return svg + "</g>"
  }

  /// The names beside the ends of the lines.
  private func labels(_ x: Scale, _ y: Scale, _ frame: ChartFrame) -> HTML {
    let shown = Self.distinct(shownLines)
    let ends = shown.map { line -> (x: Double, y: Double) in
      let last = line.points.last
      return (last.map { x.place($0.x) } ?? frame.plotRight, y.place(last?.y ?? 0))
    }
    let places = LabelPlacing.spread(
      ends.map(\.y), gap: 17, within: frame.plotTop + 6...frame.plotBottom)
    let start = frame.plotRight + 26
    return shown.indices.map { index -> HTML in
      let (end, style) = (ends[index], shown[index].style)
      return """
        <g class="series \(style.name)">\
        <path class="leader" d="M\(end.x + 6) \(end.y)L\(start - 18) \(places[index])"/>\
        \(style.mark(x: start - 9, y: places[index]))\
        <text class="label" x="\(start)" y="\(places[index] + 4)">\
        \(shown[index].name.shortened(to: nameLimit))</text></g>
        """
    }.joined()
  }

  /// The names of the lines with their marks, for narrow screens without space beside the chart.
  package var legend: HTML {
    let rows = Self.distinct(lines).map { line -> HTML in
      """
      <li><svg class="line series \(line.style.name)" viewBox="0 0 28 14" width="28" \
      height="14" aria-hidden="true"><path d="M0 7H28"/>\(line.style.mark(x: 14, y: 7))</svg>\
      <bdi>\(line.name)</bdi></li>

      """
    }
    return "<ul class=\"legend\">\(rows.joined())</ul>\n"
  }

  /// The first line of each name.
  private static func distinct(_ lines: [Line]) -> [Line] {
    var names: Set<String> = []
    return lines.filter { names.insert($0.name).inserted }
  }
}
