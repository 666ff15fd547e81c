import GymBoards
import GymEvaluation
import GymReports

/// An entry's accuracy by segments, votes and chains, as `scale` measured it.
struct ScalingTable: Sendable {
  let curve: ScalingCurve

  var html: HTML {
    let rows = curve.points.map { point -> HTML in
      let solved = Proportion(point.solved, of: point.count)
      let interval = solved.interval()
      return """
        <tr><th scope="row">\(point.segments)</th><td class="number">\(point.votes)</td>\
        <td class="number">\(point.chains)</td>\
        <td class="number share">\(Figures.percent(solved.share))</td>\
        <td class="number">\(Figures.percent(interval.lowerBound)) to \
        \(Figures.percent(interval.upperBound))</td>\
        <td class="number">\(point.flops > 0 ? Figures.scaled(point.flops) : "–")</td>\
        <td class="number">\(Figures.seconds(point.seconds))</td></tr>

        """
    }
    return """
      <details><summary>By segments, votes and chains</summary>
      <div class="scroll" tabindex="0" role="region" aria-label="Accuracy by thinking">
      <table class="narrow"><thead><tr><th scope="col">Segments</th>\
      <th scope="col" class="number">Votes</th><th scope="col" class="number">Chains</th>\
      <th scope="col" class="number">Solved</th><th scope="col" class="number">95\u{A0}% interval</th>\
      <th scope="col" class="number">FLOPs per puzzle</th><th scope="col" class="number">Time per \
      puzzle</th></tr></thead><tbody>
      \(rows.joined())</tbody></table></div></details>

      """
  }
}
