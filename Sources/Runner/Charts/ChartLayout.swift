/// The positions on a chart, in SVG's units.
struct ChartLayout {
  let x: ChartAxis
  let y: ChartAxis
  let width: Double
  let height: Double
  let left, right, top, bottom: Double
  /// Whether this is for narrow screens: without a title, and with the legend below.
  let isNarrow: Bool

  init(_ chart: Chart, isNarrow: Bool = false) {
    self.isNarrow = isNarrow
    (left, right) = isNarrow ? (48, 348) : (72, 660)
    (top, bottom) = isNarrow ? (26, 240) : (92, 420)
    x = ChartAxis(
      of: chart.series.flatMap { $0.points.map(\.x) },
      isLogarithmic: chart.isLogarithmic)
    y = ChartAxis.shares
    let longest = chart.names.map(\.count).max() ?? 0
    width = isNarrow ? 360 : right + 56 + Double(min(longest, 60)) * 8
    height = isNarrow ? bottom + 62 + Double(chart.names.count) * 20 : 480
  }

  /// The distance of an x value from the left.
  func position(of value: Double) -> Double? {
    x.place(of: value).map { rounded(left + $0 * (right - left)) }
  }

  /// The distance of a y value from the top.
  func height(of value: Double) -> Double? {
    y.place(of: value).map { rounded(bottom - $0 * (bottom - top)) }
  }

  func place(_ point: Chart.Point) -> (x: Double, y: Double)? {
    guard let x = position(of: point.x), let y = height(of: point.y) else { return nil }
    return (x, y)
  }

  private func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
