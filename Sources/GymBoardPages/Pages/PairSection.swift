import Gym
import GymBoards
import GymReports

/// Which puzzles one entry solves and another does not: a matrix of the best, and a page for all.
struct PairSection: Sendable {
  let ranking: Ranking
  let colors: AgentColors

  static let explanation: HTML = """
    p-values are McNemar’s, corrected for all pairs by Holm’s method; below 5\u{A0}% the difference \
    is significant.
    """

  /// The indices of the best entries: agents that learned in the order of the ranking, references
  /// last.
  private var shown: [Int] {
    let all = ranking.standings.indices
    let isReference = { ranking.standings[$0].entry.participant.kind.isReference }
    return Array(
      (all.filter { !isReference($0) } + all.filter(isReference))
        .prefix(BenchmarkReport.shownInMatrix))
  }

  var html: HTML {
    guard ranking.standings.count > 1 else { return "" }
    let all = ranking.standings.count
    let puzzles: HTML =
      ranking.benchmark.isHeldBack ? "" : ", with links to the puzzles on which they differ"
    let which: HTML = all == 2 ? "the two entries" : "any two of the \(all) entries"
    return """
      <p><a class="button" href="pairs.html">Compare \(which)</a></p>
      <p>Each cell has two numbers: the puzzles that only the row’s agent solved, and those that \
      only the column’s agent solved. Each cell links to a comparison of the two\(puzzles). \
      \(Self.explanation)</p>
      \(matrix)
      """
  }

  /// The matrix of the best entries.
  var matrix: HTML {
    let shown = shown
    let heads = shown.enumerated().map { place, index -> HTML in
      let name = ranking.standings[index].entry.participant.label
      return "<th scope=\"col\"><abbr title=\"\(name)\">\(Self.letter(place))</abbr></th>"
    }
    let rows = shown.indices.map { row($0, shown) }
    let best = shown.count < ranking.standings.count ? "The best \(shown.count) entries. " : ""
    return """
      <p class="dim">\(best)The letters above the columns are those of the rows; references come \
      last.</p>
      \(Self.key)<div class="scroll" tabindex="0" role="region" aria-label="Table of pairs">
      <table class="matrix"><caption class="unseen">Row against column</caption>
      <thead><tr><th scope="col">Agent</th>\(heads.joined())</tr></thead>
      <tbody>
      \(rows.joined())</tbody></table></div>

      """
  }

  private static func letter(_ place: Int) -> String {
    String(UnicodeScalar(UInt8(ascii: "A") + UInt8(place)))
  }

  private func row(_ place: Int, _ shown: [Int]) -> HTML {
    let own = ranking.standings[shown[place]].entry
    let cells = shown.map { index -> HTML in
      if index == shown[place] {
        return "<td class=\"self\"><span class=\"unseen\">itself</span></td>"
      }
      let other = ranking.standings[index].entry
      let pair = ranking.comparison(shown[place], index)
      let (kind, sign) =
        !pair.differs ? ("even", "=") : pair.wins > pair.losses ? ("better", "▲") : ("worse", "▼")
      let numbers = "\(pair.wins)–\(pair.losses)"
      return """
        <td class="\(kind)"><a href="pairs.html#\(own.shortID)/\(other.shortID)" \
        aria-label="\(numbers), \(own.participant.label) against \(other.participant.label)">\
        <span aria-hidden="true">\(sign)</span> \(numbers)</a>\
        <small>p\u{A0}\(Figures.relation(pair.adjustedPValue))</small></td>
        """
    }
    return """
      <tr><th scope="row" class="agent"><b>\(Self.letter(place))</b>&nbsp;\
      \(colors.swatch(own.participant.agent))<bdi>\(own.participant.label)</bdi></th>\
      \(cells.joined())</tr>

      """
  }

  private static let key: HTML = """
    <p class="keys"><span class="key better">▲ row is better</span> <span class="key worse">\
    ▼ column is better</span> <span class="key even">= no significant difference</span></p>

    """

  /// Links to the first puzzles that one entry solved and another did not; empty if nobody may look
  /// at the puzzles.
  func links(_ first: Int, not second: Int, most: Int) -> HTML {
    guard !ranking.benchmark.isHeldBack else { return "" }
    let (own, other) = (
      ranking.standings[first].entry.results.solved, ranking.standings[second].entry.results.solved
    )
    return (0..<ranking.benchmark.count).lazy.filter { own[$0] && !other[$0] }.prefix(most).map {
      "<a href=\"puzzles.html#\($0 + 1)/\(first + 1)\">#\($0 + 1)</a>" as HTML
    }.joined(" ")
  }

  /// The two entries that the page of pairs opens on: the best that learned and the next one.
  private var opening: (Int, Int) {
    let order = shown
    let best = ranking.bestLearner
    let next = ranking.contenders.first { $0.kind == .learner && $0 != best }
    let first = best?.members[0] ?? order.first ?? 0
    return (first, next?.members[0] ?? order.first { $0 != first } ?? first)
  }

  /// All pairs for the page's script: ids, names, shares, and for each pair of the upper triangle
  /// wins, losses and the p-value in hundred-thousandths.
  var data: String {
    let standings = ranking.standings
    func list(_ name: String, _ text: (Standing) -> String) -> String {
      "\"\(name)\":[" + standings.map { text($0).scriptLiteral }.joined(separator: ",") + "],"
    }
    var text = "showPairs({\"opens\":[\(opening.0),\(opening.1)],"
    text += list("ids", \.entry.shortID) + list("names", \.entry.participant.label)
    text += list("ranks") { standing in
      standing.entry.participant.kind.isReference ? "reference" : "rank \(standing.rank)"
    }
    text += list("shares") { Figures.percent($0.solved.share) }
    var pairs: [String] = []
    for first in standings.indices {
      for second in standings.indices.dropFirst(first + 1) {
        let pair = ranking.comparison(first, second)
        let p = Int((min(1, max(0, pair.adjustedPValue)) * 100_000).rounded(.down))
        pairs.append("\(pair.wins),\(pair.losses),\(p)")
      }
    }
    return text + "\"pairs\":[" + pairs.joined(separator: ",") + "]});\n"
  }
}
