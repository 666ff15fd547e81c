/// The numbers of distinct final answers from perturbed starts, as a table with bars.
struct StartsChart {
  private let points: FixedPoints

  init(_ points: FixedPoints) { self.points = points }

  /// One bar for each number of distinct answers.
  var html: String {
    let puzzles = max(1, points.histogram.reduce(0, +))
    let rows = points.histogram.enumerated().map { index, count in
      let width = Double(count) / Double(puzzles) * 100
      let bar =
        "<svg class=\"bar\" width=\"100%\" height=\"12\" aria-hidden=\"true\">"
        + "<rect width=\"\(ProbePage.short(width))%\" height=\"12\" fill=\"currentColor\"/></svg>"
      return "<tr><th scope=\"row\">\(index + 1)</th><td>\(count)</td>"
        + "<td class=\"bars\">\(bar)</td></tr>\n"
    }
    return """
      <table class="starts"><thead><tr><th scope="col">distinct answers</th>\
      <th scope="col">puzzles</th><th scope="col"><span>share</span></th></tr></thead><tbody>
      \(rows.joined())</tbody></table>

      """
  }
}
