import GymReports

/// Counts as upright bars, such as puzzles by the segments that they took.
struct ColumnChart: Chart {
  let name: String
  let title: String
  /// The label and count of each bar.
  let columns: [(label: String, count: Int)]
  let xTitle: String

  var wideFrame: ChartFrame {
    ChartFrame(width: 760, height: 260, top: 24, isNarrow: false)
  }

  var narrowFrame: ChartFrame {
    ChartFrame(width: 360, height: 200, left: 44, right: 4, top: 24, isNarrow: true)
  }

  func content(_ frame: ChartFrame) -> HTML {
    let most = Double(max(1, columns.map(\.count).max() ?? 1))
    let y = Scale(
      kind: .linear, domain: 0...most * 1.2, start: frame.plotBottom, end: frame.plotTop)
    let x = Scale(
      kind: .linear, domain: -0.5...max(0.5, Double(columns.count) - 0.5), start: frame.plotLeft,
      end: frame.plotRight)
    let step = max(1, (columns.count + 11) / 12)
    let xTicks = columns.indices.filter { $0 % step == 0 }.map {
      Scale.Tick(value: Double($0), label: columns[$0].label)
    }
    let yTicks = [Scale.Tick(value: 0, label: "0"), .init(value: most, label: "\(Int(most))")]
    let width = min(40, (frame.plotRight - frame.plotLeft) / Double(max(1, columns.count)) * 0.8)
    let bars = columns.enumerated().map { index, column -> HTML in
      let top = y.place(Double(column.count))
      return """
        <rect class="column" x="\(x.place(Double(index)) - width / 2)" y="\(top)" width="\(width)" \
        height="\(frame.plotBottom - top)"><title>\(column.label): \(column.count)</title></rect>
        """
    }
    return frame.axes(
      x: x, xTicks: xTicks, xTitle: xTitle, y: y, yTicks: yTicks, yTitle: "Puzzles")
      + bars.joined()
  }
}
