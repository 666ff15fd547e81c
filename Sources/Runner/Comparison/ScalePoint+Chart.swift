extension [ScalePoint] {
  /// The points as a chart: a line for each number of chains and votes, whose points are labeled
  /// with the segments.
  public func chart(title: String) -> Chart {
    // If no operations were counted, seconds are used instead.
    let isCounted = contains { $0.flops > 0 }
    let lines = Set(map { [$0.chains, $0.votes] }).sorted { $0.lexicographicallyPrecedes($1) }
    return Chart(
      title: title, note: "The numbers at the points are segments.",
      xTitle: isCounted ? "floating-point operations per puzzle" : "seconds per puzzle",
      yTitle: "puzzles solved completely", isLogarithmic: true,
      series: lines.map { line in
        Chart.Series(
          (line[0] == 1 ? "" : "\(line[0]) chains, ")
            + (line[1] == 1 ? "1 vote" : "\(line[1]) votes"),
          filter { [$0.chains, $0.votes] == line }.map { point in
            Chart.Point(
              isCounted ? point.flops : point.seconds, point.score.exactAccuracy,
              label: "\(point.segments)")
          }, isMarked: true)
      })
  }
}
