extension [ScalePoint] {
  /// The points as a chart: a line for each number of votes, the segments written at its points.
  public func chart(title: String) -> Chart {
    // Where nothing was counted, seconds have to do.
    let isCounted = contains { $0.flops > 0 }
    let votes = Set(map(\.votes)).sorted()
    return Chart(
      title: title, note: "The numbers at the points are segments.",
      xTitle: isCounted ? "floating-point operations, a puzzle" : "seconds, a puzzle",
      yTitle: "puzzles wholly solved", isLogarithmic: true,
      series: votes.map { number in
        Chart.Series(
          number == 1 ? "1 vote" : "\(number) votes",
          filter { $0.votes == number }.map { point in
            Chart.Point(
              isCounted ? point.flops : point.seconds, point.score.exactAccuracy,
              label: "\(point.segments)")
          }, isMarked: true)
      })
  }
}
