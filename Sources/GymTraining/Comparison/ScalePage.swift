import GymEvaluation
import GymReports

/// A scaling study as one self-contained HTML file, in the dress of a probe's page.
public struct ScalePage {
  private let points: [ScalePoint]
  private let title: String
  private let subtitle: String

  /// - Parameter subtitle: the parameters of the study, in one line.
  public init(_ points: [ScalePoint], title: String, subtitle: String) {
    (self.points, self.title, self.subtitle) = (points, title, subtitle)
  }

  /// The file's text.
  public var html: String {
    let chart = ProbePage.figure(points.chart(title: "Accuracy against compute"))
    let parts = [
      (title: "Accuracy against compute", reading: ProbeReading.scaling, html: chart),
      (
        title: "Every amount of thinking",
        reading: "Intervals are Wilson’s, 95 %; cost is that of one puzzle.", html: table
      ),
    ]
    return ProbePage.document(
      kind: "Scaling", title: title, subtitle: subtitle,
      body: lead + parts.map(ProbePage.section).joined())
  }

  /// The cheapest of the points that solve most.
  private var best: ScalePoint? {
    points.max {
      ($0.score.exactAccuracy, -$0.flops, -$0.seconds)
        < ($1.score.exactAccuracy, -$1.flops, -$1.seconds)
    }
  }

  private var lead: HTML {
    guard let best else { return "" }
    let interval = best.score.overall.interval()
    return """
      <p class="amount"><span class="big">\(Figures.percent(best.score.exactAccuracy))</span> \
      <span class="unit">of \(best.score.overall.count) puzzles solved at best: segments \
      \(best.segments), votes \(best.votes), chains \(best.chains)<br>95 % interval \
      \(Figures.percent(interval.lowerBound)) to \(Figures.percent(interval.upperBound))\
      </span></p>
      """
  }

  private var table: HTML {
    ProbePage.table(
      [
        "segments", "votes", "chains", "solved", "95 % interval", "mean segments", "FLOPs",
        "seconds",
      ],
      points.map { point in
        let interval = point.score.overall.interval()
        return [
          "\(point.segments)", "\(point.votes)", "\(point.chains)",
          Figures.percent(point.score.exactAccuracy),
          "\(Figures.percent(interval.lowerBound)) to \(Figures.percent(interval.upperBound))",
          Figures.significant(point.score.meanSegments),
          point.flops > 0 ? Figures.scaled(point.flops) : "–", Figures.significant(point.seconds),
        ]
      })
  }
}
