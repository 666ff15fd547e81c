import Foundation
import GymBoards
import GymReports

/// All entries, best first; those that do not differ share a rank. A script sorts, searches and
/// filters the rows; without it all are there, and so is a table over seeds.
struct RankingTable: Sendable {
  let ranking: Ranking
  let colors: AgentColors

  var html: HTML {
    guard !ranking.standings.isEmpty else { return "" }
    return """
      <p>Agents are ranked by the share of puzzles that they solve completely. Those with the \
      same rank do not differ significantly: McNemar’s exact test on the puzzles that only one of \
      two solved, at the 5\u{A0}% level, corrected for all pairs by Holm’s method. A rank is one \
      more than the number of runs with a better rank, and every seed is a run of its own: that is \
      why ranks skip, also if seeds are combined into one row. Dots are shares, \
      lines their 95\u{A0}% intervals: from the number of puzzles and, for several seeds, also from \
      the differences between training runs\(referenceWords).</p>
      \(tools)<div class="scroll" tabindex="0" role="region" aria-label="Table of the ranking">
      <table class="ranking" id="ranking-table">
      <caption class="unseen">Entries by puzzles solved completely</caption>
      <thead><tr>\(head)</tr></thead>
      <tbody>
      \(rows.joined())</tbody></table></div>
      <p class="hint" id="ranking-count" role="status"></p>
      <noscript>\(SeedTable(ranking: ranking, colors: colors).html)</noscript>

      """
  }

  private var references: [Contender] { ranking.contenders.filter(\.kind.isReference) }

  private var referenceWords: HTML {
    guard !references.isEmpty else { return "" }
    let names = references.prefix(4).map { "<bdi>\($0.agent)</bdi>" as HTML }
    return ". Vertical lines are the references (\(names.joined(", "))), which take no rank"
  }

  private var tools: HTML {
    let seeds: HTML =
      ranking.families.isEmpty
      ? ""
      : "<label class=\"check\"><input type=\"checkbox\" id=\"fold-seeds\" checked> Combine seeds</label>\n"
    let references: HTML =
      references.isEmpty
      ? ""
      : "<label class=\"check\"><input type=\"checkbox\" id=\"hide-references\"> Hide references</label>\n"
    return """
      <form class="tools" id="ranking-tools" hidden>
      <div><label for="ranking-search">Search agents</label>\
      <input type="search" id="ranking-search" autocomplete="off"></div>
      \(seeds)\(references)</form>

      """
  }

  private var head: HTML {
    """
    <th scope="col" data-sort="up">Rank</th><th scope="col" data-sort="text">Agent</th>
    <th scope="col" class="number" data-sort="down">Solved</th><th scope="col" class="interval">\
    <span class="unseen">95\u{A0}% interval</span>\(IntervalBar.header(axis))</th>
    <th scope="col" class="number more" data-sort="up">Training<br><small>FLOPs</small></th>
    <th scope="col" class="number more" data-sort="up">Thinking<br><small>FLOPs per puzzle</small></th>
    <th scope="col" class="number more" data-sort="up">Parameters</th>
    <th scope="col" class="number extra" data-sort="up">Time<br><small>per puzzle</small></th>
    <th scope="col" class="more" data-sort="down">Date</th>
    """
  }

  private var axis: Scale {
    let intervals =
      ranking.standings.map { $0.solved.interval() } + ranking.contenders.map(\.interval)
    return .share(intervals.flatMap { [$0.lowerBound, $0.upperBound] }, from: 0, to: 100)
  }

  /// The rows in order: before the best entry of several seeds, the row that folds them.
  private var rows: [HTML] {
    let folded = Dictionary(
      ranking.contenders.filter { $0.seeds > 1 }.map { ($0.members[0], $0) }
    ) { first, _ in first }
    let families = Dictionary(
      ranking.contenders.enumerated().filter { $0.element.seeds > 1 }.flatMap { place, contender in
        contender.members.map { ($0, place) }
      }
    ) { first, _ in first }
    let axis = axis
    let lines = references.map(\.accuracy.mean)
    return ranking.standings.indices.flatMap { index -> [HTML] in
      let own = EntryRow(
        ranking: ranking, index: index, family: families[index], axis: axis, references: lines,
        colors: colors
      ).html
      guard let contender = folded[index] else { return [own] }
      let row = FoldedRow(
        ranking: ranking, contender: contender, axis: axis, references: lines, colors: colors)
      return [row.html, own]
    }
  }
}

/// A share with its interval, drawn as a dot on a line that fills its cell's width.
enum IntervalBar {
  /// The drawing; `axis` runs from 0 to 100.
  ///
  /// - Parameter references: shares to compare with, drawn as upright lines.
  static func svg(
    _ share: Double, _ interval: ClosedRange<Double>, _ axis: Scale, style: LineStyle,
    references: [Double] = []
  ) -> HTML {
    let lines = references.map { reference -> HTML in
      let place = axis.place(reference)
      return """
        <line class="reference" x1="\(percent: place)" x2="\(percent: place)" y1="-8" y2="24"/>
        """
    }
    let (low, high) = (axis.place(interval.lowerBound), axis.place(interval.upperBound))
    return """
      <svg class="bar \(style.name)" width="100%" height="16" aria-hidden="true"><line class="track" x1="0" \
      x2="100%" y1="8" y2="8"/>\(lines.joined())<line x1="\(percent: low)" x2="\(percent: high)" y1="8" y2="8"/>\
      <circle cx="\(percent: axis.place(share))" cy="8" r="4.5"/></svg>
      """
  }

  /// The ends of the axis, for a column's head.
  static func header(_ axis: Scale) -> HTML {
    let (low, high) = (axis.domain.lowerBound, axis.domain.upperBound)
    return """
      <span class="ends" aria-hidden="true"><span>\(Figures.significant(low * 100)) %</span>\
      <span>\(Figures.significant(high * 100)) %</span></span>
      """
  }
}
