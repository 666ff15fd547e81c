import GymReports

/// Curves over each other in a terminal: dots of Braille characters in colors or, without colors,
/// a mark for each series.
struct TerminalPlot {
  /// A point of a curve.
  typealias Point = (x: Double, y: Double)

  /// The points of each series; of series with the same number the last is on top.
  var series: [[Point]]
  /// The columns and rows of the area between the axes.
  var width: Int
  var height: Int
  /// Whether y runs from 0 to 1.
  var isShare: Bool
  var usesColor: Bool

  private static let colors = [36, 33, 35, 32, 34, 31]
  private static let marks: [Character] = ["*", "o", "+", "x", "#", "@", "%", "&"]
  private static let labelWidth = 7

  /// The sign of a series in legends.
  static func sign(of series: Int, usesColor: Bool) -> String {
    usesColor ? colored("━━", series) : String(marks[series % marks.count])
  }

  /// The plot's lines: the area with y labels at its left, then the x axis and its labels.
  var lines: [String] {
    let x = Scale.fromZero(series.flatMap { $0.map(\.x) }, from: 0, to: 1)
    let y =
      isShare
      ? Scale(kind: .linear, domain: 0...1, start: 0, end: 1)
      : Scale.fromZero(series.flatMap { $0.map(\.y) }, from: 0, to: 1)
    let rows = usesColor ? brailleRows(x, y) : markRows(x, y)
    let labels = yLabels(y)
    let area = rows.enumerated().map { row, text in
      let label = labels[row] ?? ""
      let gap = String(repeating: " ", count: max(0, Self.labelWidth - label.count))
      return "\(gap)\(label) \(label.isEmpty ? "│" : "┤")\(text)"
    }
    let indent = String(repeating: " ", count: Self.labelWidth + 1)
    return area + ["\(indent)└" + String(repeating: "─", count: width), indent + xLabels(x)]
  }

  /// The mean y of each column of dots, joined by straight lines; nil outside the curve.
  private func columns(
    _ points: [Point], _ x: Scale, _ y: Scale, dots: (x: Int, y: Int)
  ) -> [ClosedRange<Int>?] {
    var sums = [(sum: Double, count: Int)](repeating: (0, 0), count: dots.x)
    for point in points {
      // Numbers of a file may be anything; what is outside the axes lies on their edge.
      guard point.x.isFinite, point.y.isFinite else { continue }
      let index = Int(x.place(point.x) * Double(dots.x - 1) + 0.5)
      sums[index].sum += y.place(point.y)
      sums[index].count += 1
    }
    let means = sums.map { $0.count == 0 ? nil : $0.sum / Double($0.count) }
    func dot(_ place: Double) -> Int { Int((1 - place) * Double(dots.y - 1) + 0.5) }
    var result = [ClosedRange<Int>?](repeating: nil, count: dots.x)
    var before: (column: Int, place: Double)?
    for (column, mean) in means.enumerated() {
      guard let mean else { continue }
      if let before {
        let span = Double(column - before.column)
        var last = dot(before.place)
        for step in (before.column + 1)...column {
          let share = Double(step - before.column) / span
          let next = dot(before.place + (mean - before.place) * share)
          let start = next > last ? last + 1 : next < last ? last - 1 : last
          result[step] = min(start, next)...max(start, next)
          last = next
        }
      } else {
        result[column] = dot(mean)...dot(mean)
      }
      before = (column, mean)
    }
    return result
  }

  private func brailleRows(_ x: Scale, _ y: Scale) -> [String] {
    let dots = (x: 2 * width, y: 4 * height)
    // The bits of a Braille character's dots, by row and column.
    let bits: [[UInt32]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]
    var cells = [(mask: UInt32, series: Int)](repeating: (0, 0), count: width * height)
    for (index, points) in series.enumerated() {
      for (column, range) in columns(points, x, y, dots: dots).enumerated() {
        guard let range else { continue }
        for row in range {
          let cell = row / 4 * width + column / 2
          cells[cell].mask |= bits[row % 4][column % 2]
          cells[cell].series = index
        }
      }
    }
    return (0..<height).map { row in
      cells[row * width..<(row + 1) * width].map { cell in
        guard cell.mask > 0, let scalar = Unicode.Scalar(0x2800 + cell.mask) else { return " " }
        return Self.colored(String(Character(scalar)), cell.series)
      }.joined()
    }
  }

  private func markRows(_ x: Scale, _ y: Scale) -> [String] {
    var cells = [Character](repeating: " ", count: width * height)
    for (index, points) in series.enumerated() {
      for (column, range) in columns(points, x, y, dots: (width, height)).enumerated() {
        guard let range else { continue }
        for row in range { cells[row * width + column] = Self.marks[index % Self.marks.count] }
      }
    }
    return (0..<height).map { String(cells[$0 * width..<($0 + 1) * width]).trimmedAtEnd }
  }

  private func yLabels(_ y: Scale) -> [Int: String] {
    var labels: [Int: String] = [:]
    // Each in a row of its own, with one between.
    let most = max(1, min(5, height / 2))
    for tick in y.ticks(about: most, label: { isShare ? $0.percent : $0.compact }) {
      labels[Int((1 - y.place(tick.value)) * Double(height - 1) + 0.5)] = tick.label
    }
    return labels
  }

  private func xLabels(_ x: Scale) -> String {
    var line = [Character](repeating: " ", count: width + 1)
    var free = 0
    for tick in x.ticks(about: 5, label: \.compact) {
      let label = Array(tick.label)
      let start = Int(x.place(tick.value) * Double(width - 1) + 0.5) + 1 - label.count / 2
      let from = max(free, min(start, width + 1 - label.count))
      guard from >= start - label.count, from + label.count <= width + 1 else { continue }
      line.replaceSubrange(from..<from + label.count, with: label)
      free = from + label.count + 1
    }
    return String(line).trimmedAtEnd
  }

  private static func colored(_ text: String, _ series: Int) -> String {
    "\u{1B}[\(colors[series % colors.count])m\(text)\u{1B}[0m"
  }
}

extension String {
  /// The text without spaces at its end.
  fileprivate var trimmedAtEnd: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
