/// The positions on a chart, in SVG's units.
struct ChartLayout {
  let x: ChartAxis
  let y: ChartAxis
  let width: Double
  let height = 480.0
  let left = 72.0
  let right = 660.0
  let top = 92.0
  let bottom = 420.0

  init(_ chart: Chart) {
    x = ChartAxis(
      of: chart.series.flatMap { $0.points.map(\.x) },
      isLogarithmic: chart.isLogarithmic)
    y = ChartAxis.shares
    let longest = chart.names.map(\.count).max() ?? 0
    width = right + 56 + Double(min(longest, 60)) * 8
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
