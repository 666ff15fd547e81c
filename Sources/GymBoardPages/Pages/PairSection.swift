import Gym
import GymBoards
import GymReports

/// Which puzzles one entry solves and another does not: a matrix of the best, and a page for all.
struct PairSection: Sendable {
  let ranking: Ranking
  let colors: AgentColors

  static let explanation: HTML = """
    The two numbers are the puzzles that only the row’s agent solved, and those that only the \
    column’s agent solved. p-values are corrected for all pairs (Holm); below 5\u{A0}% the two differ.
    """

  private var shown: Range<Int> {
    0..<min(BenchmarkReport.shownInMatrix, ranking.standings.count)
  }

  var html: HTML {
    guard ranking.standings.count > 1 else { return "" }
    let all = ranking.standings.count
    return """
      <p>\(Self.explanation)</p>
      \(matrix)<p><a class="button" href="pairs.html">\
      \(all > shown.count ? "Compare any two of all \(all) entries" : "Compare one with all")\
      </a></p>

      """
  }

  /// The matrix of the best entries.
  var matrix: HTML {
    let heads = shown.map { index -> HTML in
      let name = ranking.standings[index].entry.participant.agent
      return "<th scope=\"col\"><abbr title=\"\(name)\">\(index + 1)</abbr></th>"
    }
    return """
      <p class="dim">Row against column, in order of the ranking\
      \(shown.count < ranking.standings.count ? ", best \(shown.count)" : ""). </p>
      \(Self.key)<div class="scroll" tabindex="0" role="region" aria-label="Table of pairs">
      <table class="matrix"><caption class="unseen">Row against column</caption>
      <thead><tr><th scope="col">Agent</th>\(heads.joined())</tr></thead>
      <tbody>
      \(shown.map(row).joined())</tbody></table></div>

      """
  }

  private func row(_ index: Int) -> HTML {
    let cells = shown.map { other -> HTML in
      if other == index { return "<td class=\"self\"><span class=\"unseen\">itself</span></td>" }
      let pair = ranking.comparison(index, other)
      let (kind, sign) =
        !pair.differs ? ("even", "=") : pair.wins > pair.losses ? ("better", "▲") : ("worse", "▼")
      return """
        <td class="\(kind)" title="p \(Figures.relation(pair.adjustedPValue))">\
        <span aria-hidden="true">\(sign)</span> \(pair.wins)–\(pair.losses)\
        <small>p \(Figures.relation(pair.adjustedPValue))</small></td>
        """
    }
    return """
      <tr><th scope="row" class="agent">\(index + 1)&nbsp;\
      \(colors.swatch(ranking.standings[index].entry.participant.agent))<bdi>\(ranking.standings[index].entry.participant.agent)</bdi></th>\(cells.joined())</tr>

      """
  }

  private static let key: HTML = """
    <p class="keys"><span class="key better">▲ row is better</span> <span class="key worse">\
    ▼ column is better</span> <span class="key even">= no significant difference</span></p>

    """

  /// All pairs for the page's script: names, shares, and for each pair of the upper triangle wins,
  /// losses and the p-value in hundred-thousandths.
  var data: String {
    let standings = ranking.standings
    var text = "showPairs({\"names\":["
    text += standings.map(\.entry.participant.agent.scriptLiteral).joined(separator: ",")
    text += "],\"notes\":["
    text += standings.map { standing in
      (standing.entry.participant.seed.map { "seed \($0)" } ?? "").scriptLiteral
    }.joined(separator: ",")
    text += "],\"shares\":["
    text += standings.map { Figures.percent($0.solved.share).scriptLiteral }.joined(separator: ",")
    text += "],\"pairs\":["
    var pairs: [String] = []
    for first in standings.indices {
      for second in standings.indices.dropFirst(first + 1) {
        let pair = ranking.comparison(first, second)
        let p = Int((min(1, max(0, pair.adjustedPValue)) * 100_000).rounded(.down))
        pairs.append("\(pair.wins),\(pair.losses),\(p)")
      }
    }
    return text + pairs.joined(separator: ",") + "]});\n"
  }
}
