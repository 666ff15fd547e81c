import Foundation
import GymReports
import Testing

@Suite struct ChartTests {
  /// The numbers of an attribute, in order of occurrence.
  private func numbers(_ name: String, in svg: String) -> [Double] {
    svg.split(separator: " \(name)=\"").dropFirst().compactMap { Double($0.prefix { $0 != "\"" }) }
  }

  /// The wide drawing of one marked line, without the mark beside its name.
  private func drawing(_ points: [(Double, Double)], isLogarithmic: Bool = false) -> String {
    let chart = LineChart(
      name: "c", title: "\u{1}<&\">",
      lines: [
        .init(
          name: "s", style: LineStyle(place: 0),
          points: points.map { LineChart.Point(x: $0.0, y: $0.1) })
      ],
      xTitle: "x", yTitle: "y", marksPoints: true, isLogarithmic: isLogarithmic)
    return chart.content(.narrow).text
  }

  @Test("Points are drawn at their coordinates")
  func points() {
    let svg = drawing([(0, 0), (5, 0.5), (10, 1)])
    let (x, y) = (numbers("cx", in: svg), numbers("cy", in: svg))
    #expect(x.count == 3 && x == x.sorted() && x[1] - x[0] == x[2] - x[1])
    #expect(y.count == 3 && y == y.sorted().reversed() && y[0] - y[1] == y[1] - y[2])
  }

  @Test("However many lines there are, an interval lies at the number of its point")
  func intervalsOfManyLines() throws {
    let lines = (0..<18).map { place in
      LineChart.Line(
        name: "line \(place)", style: LineStyle(place: 0),
        points: [.init(x: 5, y: 0.5, interval: 0.4...0.6)])
    }
    let chart = LineChart(name: "c", title: "t", lines: lines, xTitle: "x", marksPoints: true)
    let svg = chart.content(.narrow).text
    let marks = numbers("cx", in: svg)
    let whiskers = svg.split(separator: "class=\"whisker\" d=\"M").dropFirst().compactMap {
      Double($0.prefix { $0 != " " })
    }
    #expect(marks.count == 18 && whiskers.count == 18 && Set(whiskers).count > 9)
    #expect(zip(marks, whiskers).allSatisfy { abs($0 - $1) <= 4 })
  }

  @Test("On a logarithmic axis equal factors are equal distances")
  func factors() {
    let svg = drawing([(1e6, 0.5), (1e8, 0.5), (1e10, 0.5)], isLogarithmic: true)
    let x = numbers("cx", in: svg)
    #expect(x.count == 3)
    #expect(abs((x[1] - x[0]) - (x[2] - x[1])) < 0.2)
    #expect(svg.contains(">1\u{A0}M<") && svg.contains(">10\u{A0}G<"))
  }

  @Test("The labels of a logarithmic axis on a narrow chart keep apart")
  func narrowLabels() {
    for power in stride(from: 0.0, through: 3.5, by: 0.01) {
      let scale = Scale.cost([2e10, 2e10 * pow(10, power)], from: 62, to: 334)
      let places = scale.ticks(about: 3) { Figures.scaled($0) }.map { scale.place($0.value) }
      #expect(!places.isEmpty)
      for (a, b) in zip(places, places.dropFirst()) { #expect(b - a > 38, "10^\(power)") }
    }
  }

  @Test("An axis that does not start at zero says so")
  func axisStart() {
    #expect(drawing([(0, 0.7), (1, 0.9)]).contains(">y (the axis starts at 65 %)<"))
    #expect(drawing([(0, 0), (1, 0.9)]).contains(">y<"))
  }

  @Test("Infinite, missing and equal values give a valid chart", arguments: [false, true])
  func strangeNumbers(isLogarithmic: Bool) {
    let odd: [[Double]] = [
      [], [0], [.nan, .infinity], [-1, 1], [1e-300, 1e300], [3, 3, 3], [.leastNonzeroMagnitude],
      [.greatestFiniteMagnitude],
    ]
    for values in odd {
      for points in [values.map { ($0, 0.5) }, values.map { (1, $0) }] {
        let svg = drawing(points, isLogarithmic: isLogarithmic)
        #expect(!svg.contains("nan") && !svg.contains("inf"), "\(points)")
        let drawn = points.filter {
          $0.0.isFinite && $0.1.isFinite && ($0.0 > 0 || !isLogarithmic)
        }
        #expect(numbers("cx", in: svg).count == drawn.count, "\(points)")
      }
    }
  }

  @Test("Lines of one name are labeled once, and a line that is not joined has only its mark")
  func sharedNames() {
    let style = LineStyle(place: 0)
    let lines = (0..<3).map { seed in
      LineChart.Line(name: "hrm", style: style, points: [.init(x: 0, y: 0), .init(x: 1, y: 0.5)])
    }
    let end = LineChart.Line(
      name: "hrm", style: style, points: [.init(x: 1, y: 0.7, label: "held out")], isJoined: false)
    let chart = LineChart(name: "c", title: "t", lines: lines + [end], xTitle: "x")
    let svg = chart.content(.wide).text
    #expect(svg.split(separator: ">hrm<").count == 2)
    #expect(svg.split(separator: "\"><path d=\"M").count == 4)
    #expect(svg.contains(">held out<"))
    #expect(chart.legend.text.split(separator: "<li>").count == 2)
  }

  @Test("A file has its colors written out, its caption in lines, and escaped text")
  func file() {
    let chart = LineChart(name: "c", title: "<a> & \"b\"", lines: [], xTitle: "x")
    let caption = Array(repeating: "word", count: 60).joined(separator: " ")
    let text = ChartFile(chart: chart, caption: caption).text
    #expect(text.hasPrefix("<svg xmlns=") && text.hasSuffix("</svg>\n"))
    #expect(text.contains("<title>&lt;a&gt; &amp; &quot;b&quot;</title>"))
    #expect(!text.contains("var(") && text.contains(".s0 { color: #0a5bb5; }"))
    #expect(text.split(separator: "class=\"caption\"").count == 1 + 3)
  }
}
