import GymReports

/// Counts by a number, as a table with bars: puzzles by their distinct answers, or by the segments
/// that they took.
struct BarTable {
  private let head: [String]
  private let rows: [(value: Int, count: Int)]
  private let parts: [Int]

  /// - Parameter part: a name and, for each row, how many of its count it holds.
  init(
    _ value: String, _ count: String, _ rows: [(Int, Int)],
    of part: (name: String, counts: [Int])? = nil
  ) {
    head = [value, count] + [part?.name].compactMap { $0 } + ["share"]
    self.rows = rows.map { ($0.0, $0.1) }
    parts = part?.counts ?? []
  }

  var html: HTML {
    let all = max(1, rows.reduce(0) { $0 + $1.count })
    let lines = rows.enumerated().map { index, row -> HTML in
      let width = Double(row.count) / Double(all) * 100
      let part: HTML = parts.indices.contains(index) ? "<td>\(parts[index])</td>" : ""
      return """
        <tr><th scope="row">\(row.value)</th><td>\(row.count)</td>\(part)<td class="bars">\
        <svg class="bar" width="100%" height="12" aria-hidden="true">\
        <rect width="\(percent: width)" height="12" fill="currentColor"/></svg></td></tr>

        """
    }
    let heads = head.map { "<th scope=\"col\"><span>\($0)</span></th>" as HTML }
    return """
      <table class="starts"><thead><tr>\(heads.joined())</tr></thead><tbody>
      \(lines.joined())</tbody></table>

      """
  }
}
