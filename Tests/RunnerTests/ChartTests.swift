import Foundation
import Runner
import Testing

@Suite struct ChartTests {
  /// The numbers of an attribute, in order of occurrence.
  private func numbers(_ name: String, in svg: String) -> [Double] {
    svg.components(separatedBy: "\(name)=\"").dropFirst()
      .compactMap { Double($0.prefix { $0 != "\"" }) }
  }

  @Test("Points are drawn at their coordinates")
  func pointsStandWhereTheyBelong() {
    let points = [Chart.Point(0, 0), Chart.Point(5, 0.5), Chart.Point(10, 1)]
    let chart = Chart(
      title: "t", xTitle: "x", yTitle: "y", series: [Chart.Series("s", points, isMarked: true)])
    let (x, y) = (numbers("cx", in: chart.svg), numbers("cy", in: chart.svg))
    #expect(x.count == 3 && x == x.sorted() && x[1] - x[0] == x[2] - x[1])
    #expect(y.count == 3 && y == y.sorted().reversed() && y[0] - y[1] == y[1] - y[2])
  }

  @Test("On a logarithmic axis equal factors are equal distances")
  func equalFactorsAreEqualDistances() {
    let points = [1e6, 1e8, 1e10].map { Chart.Point($0, 0.5) }
    let chart = Chart(
      title: "t", xTitle: "x", yTitle: "y", isLogarithmic: true,
      series: [Chart.Series("s", points, isMarked: true)])
    let x = numbers("cx", in: chart.svg)
    #expect(x.count == 3)
    #expect(abs((x[1] - x[0]) - (x[2] - x[1])) < 0.02)
    #expect(chart.svg.contains(">1 M<") && chart.svg.contains(">10 G<"))
  }

  @Test("Infinite, missing and equal values give a valid chart", arguments: [false, true])
  func strangeNumbersDrawSomething(isLogarithmic: Bool) {
    for values in [[], [0], [.nan, .infinity], [-1, 1], [1e-300, 1e300], [3, 3, 3]] as [[Double]] {
      let chart = Chart(
        title: "\u{1}<&\">", xTitle: "x", yTitle: "y", isLogarithmic: isLogarithmic,
        series: [Chart.Series("s", values.map { Chart.Point($0, 0.5) }, isMarked: true)])
      #expect(!chart.svg.contains("nan") && !chart.svg.contains("inf"), "\(values)")
      #expect(chart.svg.hasSuffix("</svg>\n"))
    }
  }
}
