import GymReports

/// The numbers of distinct final answers from perturbed starts, as a table with bars.
struct StartsChart {
  private let points: FixedPoints

  init(_ points: FixedPoints) { self.points = points }

  /// One bar for each number of distinct answers.
  var html: HTML {
    let puzzles = max(1, points.histogram.reduce(0, +))
    let rows = points.histogram.enumerated().map { index, count -> HTML in
      let width = Double(count) / Double(puzzles) * 100
      return """
        <tr><th scope="row">\(index + 1)</th><td>\(count)</td><td class="bars">\
        <svg class="bar" width="100%" height="12" aria-hidden="true">\
        <rect width="\(percent: width)" height="12" fill="currentColor"/></svg></td></tr>

        """
    }
    return """
      <table class="starts"><thead><tr><th scope="col">distinct answers</th>\
      <th scope="col">puzzles</th><th scope="col"><span>share</span></th></tr></thead><tbody>
      \(rows.joined())</tbody></table>

      """
  }
}
