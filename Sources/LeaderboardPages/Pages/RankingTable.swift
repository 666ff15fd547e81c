import Leaderboard

/// All entries, best first; those that do not differ share a rank.
struct RankingTable: Sendable {
  let ranking: Ranking

  var html: HTML {
    guard !ranking.standings.isEmpty else { return "" }
    let groups = Dictionary(grouping: ranking.standings, by: \.group)
      .sorted { $0.key < $1.key }.map(\.value)
    let axis = intervalAxis
    return """
      <p>Entries under one rank do not differ at the 5\u{A0}% level: McNemar’s exact test on the \
      puzzles that only one of two solved, corrected over all pairs by Holm’s method. Dots are the \
      shares of puzzles solved completely, lines their 95\u{A0}% intervals (Wilson).</p>
      <div class="scroll" tabindex="0" role="region" aria-label="Ranking">
      <table class="ranking">
      <caption class="unseen">Entries by puzzles solved completely</caption>
      <thead><tr><th scope="col">Rank</th><th scope="col">Agent</th>
      <th scope="col" class="number">Solved</th><th scope="col" class="interval">\
      <span class="unseen">95\u{A0}% interval</span>\(IntervalBar.header(axis))</th>
      <th scope="col" class="number more">Parameters</th>
      <th scope="col" class="number more">FLOPs<br><small>per puzzle</small></th>
      <th scope="col" class="number more">Time<br><small>per puzzle</small></th>
      <th scope="col" class="more">Compute</th></tr></thead>
      \(groups.map { rows($0, axis) }.joined())</table></div>
      \(SeedTable(ranking: ranking).html)
      """
  }

  private var intervalAxis: Scale {
    let intervals = ranking.standings.map { $0.solved.interval() }
    return .share(intervals.flatMap { [$0.lowerBound, $0.upperBound] }, from: 0, to: 100)
  }

  private func rows(_ group: [Standing], _ axis: Scale) -> HTML {
    let rows = group.enumerated().map { index, standing -> HTML in
      let rank: HTML =
        index > 0
        ? ""
        : """
        <th scope="rowgroup" rowspan="\(group.count)" class="rank"><b>\(standing.rank)</b>\
        \(group.count > 1 ? "<small>\(group.count) tied</small>" : "" as HTML)</th>
        """
      return row(standing, rank, axis)
    }
    return "<tbody>\n\(rows.joined())</tbody>\n"
  }

  private func row(_ standing: Standing, _ rank: HTML, _ axis: Scale) -> HTML {
    let entrant = standing.entry.entrant
    let ledger = LedgerText(entrant.ledger, puzzles: ranking.benchmark.count)
    let interval = standing.solved.interval()
    return """
      <tr id="entry-\(standing.entry.shortID)">\(rank)<th scope="row" class="agent">\
      <bdi>\(entrant.agent)</bdi>\(marks(entrant))\(notes(standing.entry))\
      \(brief(ledger))</th>\
      <td class="number share">\(Figures.percent(standing.solved.share))</td>\
      <td class="interval">\(IntervalBar.svg(standing.solved.share, interval, axis))\
      <span class="unseen">\(Figures.percent(interval.lowerBound)) to \
      \(Figures.percent(interval.upperBound))</span></td>\
      <td class="number more">\(ledger.parameters)</td><td class="number more">\(ledger.flops)\
      </td><td class="number more">\(ledger.seconds)</td>\
      <td class="more">\(provenance(ledger))</td></tr>

      """
  }

  /// Marks for agents that were given the task's rules, as solvers are, and cannot be compared with
  /// agents that learned them; and for agents that did not see the demonstrations of the puzzles.
  private func marks(_ entrant: Entrant) -> HTML {
    let rules: HTML = entrant.usesRules ? " <span class=\"tag rules\">knows the rules</span>" : ""
    let shown: HTML =
      entrant.ignoresDemonstrations
      ? " <span class=\"tag rules\">without demonstrations</span>" : ""
    return "\(rules)\(shown)"
  }

  /// Seed, version and signature, below the name.
  private func notes(_ entry: Entry) -> HTML {
    let entrant = entry.entrant
    let parts = [
      entrant.seed.map { "seed \($0)" }, entrant.codeVersion.map { $0.shortened(to: 16) },
      entry.signer.map { "signed by \($0.prefix(8))" },
    ].compactMap { $0 }
    return parts.isEmpty
      ? "" : "<small class=\"notes\"><bdi>\(parts.joined(separator: " · "))</bdi></small>"
  }

  /// The costs in one line, for screens without space for their columns.
  private func brief(_ ledger: LedgerText) -> HTML {
    guard !ledger.isEmpty else { return "" }
    let parts = [
      ledger.parameters == "–" ? nil : "\(ledger.parameters) parameters",
      ledger.flops == "–" ? nil : "\(ledger.flops)\(ledger.flops == "0" ? "\u{A0}" : "")FLOP",
      ledger.seconds == "–" ? nil : ledger.seconds,
    ].compactMap { $0 }
    return """
      <small class="brief">\(parts.joined(separator: " · ")) (\(ledger.provenance))</small>
      """
  }

  private func provenance(_ ledger: LedgerText) -> HTML {
    ledger.isEmpty
      ? "<span class=\"dim\">–</span>"
      : "<span class=\"tag \(ledger.provenance)\">\(ledger.provenance)</span>"
  }
}
