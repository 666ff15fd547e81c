import Leaderboard

/// The top of the overview: who leads, how certain that is, and what it costs.
struct LeadSection: Sendable {
  let ranking: Ranking

  private var leaders: [Standing] { ranking.standings.filter { $0.group == 0 } }

  var html: HTML {
    """
    <header class="lead">
    <p class="eyebrow">Leaderboard · \(ranking.benchmark.task.description)</p>
    <h1><bdi>\(ranking.benchmark.name)</bdi></h1>
    \(statement)\(facts)</header>

    """
  }

  private var statement: HTML {
    guard let first = leaders.first else {
      return "<p class=\"verdict\">No entries yet.</p>\n"
    }
    guard ranking.hasSolved else {
      return "<p class=\"verdict\">No entry solved a puzzle.</p>\n"
    }
    let interval = first.solved.interval()
    let amount: HTML = """
      <p class="amount"><span class="big">\(Figures.percent(first.solved.share))</span> \
      <span class="unit">of the puzzles solved completely<br>95\u{A0}% interval \
      \(Figures.percent(interval.lowerBound)) to \(Figures.percent(interval.upperBound))</span></p>

      """
    return """
      <div class="winner">
      <div><p class="verdict">\(headline(first))</p>
      <p class="sure">\(sureness)\(learned)\(runs)</p></div>
      \(amount)\(costs(first))</div>

      """
  }

  private func headline(_ first: Standing) -> HTML {
    let name = first.entry.entrant.agent
    switch (leaders.count, ranking.standings.count) {
    case (1, 1): return "<bdi>\(name)</bdi> is the only entry so far"
    case (1, _): return "<bdi>\(name)</bdi> leads"
    case (2, _):
      let other = leaders[1].entry.entrant.agent
      return "<bdi>\(name)</bdi> and <bdi>\(other)</bdi> share first place"
    default: return "<bdi>\(name)</bdi> and \(leaders.count - 1) others share first place"
    }
  }

  /// How certain the first place is, in a sentence or two.
  private var sureness: HTML {
    let standings = ranking.standings
    guard standings.count > 1 else { return "There is nothing to compare it with yet." }
    if leaders.count == standings.count {
      return "On these puzzles no entry differs from another at the 5\u{A0}% level (Holm)."
    }
    let pair = ranking.comparison(0, leaders.count)
    let next = standings[leaders.count].entry.entrant.agent
    let others = standings.count - leaders.count
    let counts: HTML = """
      Beside <bdi>\(next)</bdi>, the next: \(Figures.count(pair.wins)) puzzles \
      that only the first entry solved, \(Figures.count(pair.losses)) that only the other did \
      (p \(Figures.relation(pair.adjustedPValue))).
      """
    if leaders.count > 1 {
      return """
        The \(leaders.count) at the top do not differ from each other at the 5\u{A0}% level \
        (Holm). \(counts)
        """
    }
    let beaten = (1..<standings.count).count { ranking.comparison(0, $0).differs }
    let whom =
      switch (others, beaten) {
      case (1, 1): "the other"
      case (others, others): "each of the \(others) others"
      default: "\(beaten) of \(others) others"
      }
    return "It differs from \(whom) at the 5\u{A0}% level (Holm). \(counts)"
  }

  /// If the first entry was given the rules, the best one that had to learn them.
  private var learned: HTML {
    guard let first = leaders.first?.entry.entrant, first.usesRules,
      let best = ranking.standings.first(where: { !$0.entry.entrant.usesRules }),
      best.solved.successes > 0
    else { return "" }
    return """
       <bdi>\(first.agent)</bdi> was given the rules; of those that were not, \
      <strong><bdi>\(best.entry.entrant.agent)</bdi></strong> is best with \
      <strong>\(Figures.percent(best.solved.share))</strong>.
      """
  }

  /// The caveat for benchmarks with one training run per agent.
  private var runs: HTML {
    ranking.hasSingleRuns
      ? """
       Some agents were trained only once: differences between their training runs are \
      not counted.
      """ : ""
  }

  private func costs(_ first: Standing) -> HTML {
    let ledger = LedgerText(first.entry.entrant.ledger, puzzles: ranking.benchmark.count)
    let items = [
      ("Parameters", ledger.parameters), ("FLOPs per puzzle", ledger.flops),
      ("Time per puzzle", ledger.seconds),
    ].filter { $0.1 != "–" }
    guard !items.isEmpty else { return "" }
    let list = items.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>\n" as HTML }.joined()
    return """
      <dl class="costs">\(list)<div><dt>Compute</dt><dd>\(ledger.provenance)</dd></div></dl>

      """
  }

  private var facts: HTML {
    let benchmark = ranking.benchmark
    let items = [
      ("Puzzles", Figures.count(benchmark.count)),
      ("Entries", Figures.count(ranking.standings.count)),
      ("Split", benchmark.split + (benchmark.isHeldBack ? " (\(benchmark.answers.rawValue))" : "")),
      ("Settings", ranking.puzzles.settings), ("Difficulty", ranking.puzzles.ratings ?? ""),
      ("Last entry", ranking.standings.map(\.entry.submitted).max().map(Figures.day) ?? "–"),
    ].filter { !$0.1.isEmpty }
    return """
      <dl class="facts">\(items.map {
        "<div><dt>\($0.0)</dt><dd><bdi>\($0.1)</bdi></dd></div>\n" as HTML
      }.joined())</dl>

      """
  }
}

extension Figures {
  /// "= 0.03", "< 0.001": the text after the letter p.
  static func relation(_ p: Double) -> String {
    p < 0.001 ? "< 0.001" : "= " + probability(p)
  }
}
