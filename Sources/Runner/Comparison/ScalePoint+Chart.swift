import GymReports

extension [ScalePoint] {
  /// The points as a chart: a line for each number of chains and votes, whose points are labeled
  /// with the segments.
  package func chart(title: String) -> ChartFile {
    // If no operations were counted, seconds are used instead.
    let isCounted = contains { $0.flops > 0 }
    let kinds = Set(map { [$0.chains, $0.votes] }).sorted { $0.lexicographicallyPrecedes($1) }
    let lines = kinds.enumerated().map { index, kind in
      LineChart.Line(
        name: (kind[0] == 1 ? "" : "\(kind[0]) chains, ")
          + (kind[1] == 1 ? "1 vote" : "\(kind[1]) votes"),
        style: LineStyle(place: index),
        points: filter { [$0.chains, $0.votes] == kind }.map { point in
          .init(
            x: isCounted ? point.flops : point.seconds, y: point.score.exactAccuracy,
            label: "\(point.segments)")
        })
    }
    return ChartFile(
      chart: LineChart(
        name: "scaling", title: title, lines: lines,
        xTitle: (isCounted ? "FLOPs" : "Seconds") + " per puzzle (logarithmic)",
        marksPoints: true, isLogarithmic: true,
        label: isCounted ? Figures.scaled : Figures.seconds),
      caption:
        "\(title). Solved: puzzles solved completely. The numbers at the points are segments.")
  }
}
