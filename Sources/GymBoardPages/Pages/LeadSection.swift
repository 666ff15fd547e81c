import Gym
import GymBoards
import GymReports

/// The top of the overview: who learned best, how certain that is, at what cost, and on what.
struct LeadSection: Sendable {
  let ranking: Ranking
  let colors: AgentColors
  /// The task's words; nil if the task is not known here.
  let words: TaskWords?
  /// A puzzle of the benchmark, drawn.
  let sample: StillDrawing?
  /// The number of that puzzle, from 0, if a reader may look at it.
  let sampleNumber: Int?

  var html: HTML {
    """
    <header class="lead">
    <p class="eyebrow">Leaderboard · \(ranking.benchmark.task.description)</p>
    <h1><bdi>\(ranking.benchmark.name)</bdi></h1>
    \(words.map { "<p class=\"rules\">\($0.rules)</p>\n" as HTML } ?? "")\
    <div class="opening">
    \(statement)\(picture)</div>
    \(FactsSection(ranking: ranking).html)</header>

    """
  }

  private var picture: HTML {
    guard let sample else { return "" }
    let isTelling = ranking.standings.count > 1
    let link: HTML =
      sampleNumber.map {
        "<a href=\"puzzles.html#\($0 + 1)\">Puzzle \($0 + 1)</a>\(isTelling ? ", on which agents differ" : "")"
      } ?? "One of the puzzles"
    return """
      <figure class="sample">\(sample.html)<figcaption>\(link)</figcaption></figure>

      """
  }

  private var statement: HTML {
    guard !ranking.standings.isEmpty else {
      return "<div class=\"winner\"><p class=\"verdict\">No entries yet.</p></div>\n"
    }
    guard ranking.hasSolved else {
      return "<div class=\"winner\"><p class=\"verdict\">No entry solved a puzzle.</p></div>\n"
    }
    guard let best = ranking.bestLearner else {
      return """
        <div class="winner"><p class="verdict">No agent that learned has solved a puzzle.</p>
        \(references)</div>

        """
    }
    let (seeds, basis): (HTML, HTML) =
      best.seeds == 1
      ? ("one training run", "the number of puzzles")
      : (
        "mean of \(best.seeds) training runs",
        "the number of puzzles and the differences between runs"
      )
    let price = ReproductionOfBest(ranking: ranking, best: best)
    let page = ranking.standings[best.members[0]].entry.page
    return """
      <div class="winner">
      <p class="role">Best agent that learned</p>
      <p class="verdict">\(colors.swatch(best.agent))<a href="\(page)"><bdi>\(best.agent)</bdi></a></p>
      <p class="amount"><span class="big">\(Figures.percent(best.accuracy.mean))</span> \
      <span class="unit">of the puzzles solved completely (\(seeds))<br>95\u{A0}% interval \
      \(Figures.percent(best.interval.lowerBound)) to \(Figures.percent(best.interval.upperBound)),\
       from \(basis)</span></p>
      \(costs(best))\(price.sentence)\(price.command)<p class="sure">\(next(after: best))</p>
      \(references)\(runs)</div>

      """
  }

  /// The next agent that learned, and how certain the difference is.
  private func next(after best: Contender) -> HTML {
    let learners = ranking.contenders.filter { $0.kind == .learner }
    guard learners.count > 1 else { return "There is no other agent that learned to compare with." }
    let other = learners[1]
    let pair = ranking.comparison(best.members[0], other.members[0])
    let basis: HTML =
      best.seeds == 1 && other.seeds == 1
      ? "On the same puzzles"
      : "Between their best runs, <bdi>\(bestRun(best))</bdi> and <bdi>\(bestRun(other))</bdi>"
    // The better agent on average may have the worse one of the two best runs.
    let favored: HTML =
      pair.differs && pair.losses > pair.wins
      ? " and in favor of <bdi>\(bestRun(other))</bdi>" : ""
    return """
      Next is \(colors.swatch(other.agent))<bdi>\(other.agent)</bdi> with \
      <strong>\(Figures.percent(other.accuracy.mean))</strong> \
      (\(Figures.percent(other.interval.lowerBound)) to \(Figures.percent(other.interval.upperBound))). \
      \(basis), the difference is \
      \(pair.differs ? "" : "not ")significant\(favored) (p\u{A0}\(Figures.relation(pair.adjustedPValue)), \
      corrected for all pairs): \(alone(best, other)); \(alone(other, best)). \
      <a href="pairs.html">See all of them, or any other two agents</a>.
      """
  }

  /// The name of an agent's best run, as the page of pairs has it.
  private func bestRun(_ agent: Contender) -> String {
    ranking.standings[agent.members[0]].entry.participant.label
  }

  /// The number of puzzles that the best run of one agent solved and that of another did not, and
  /// links to the first of them.
  private func alone(_ agent: Contender, _ other: Contender) -> HTML {
    let (first, second) = (agent.members[0], other.members[0])
    let count = ranking.comparison(first, second).wins
    let links = PairSection(ranking: ranking, colors: colors).links(first, not: second, most: 5)
    let more: HTML = count > 5 ? " …" : ""
    return """
      only <bdi>\(bestRun(agent))</bdi> solved \(Figures.count(count)) \
      \(count == 1 ? "puzzle" : "puzzles")\(links.text.isEmpty ? "" : " (\(links)\(more))" as HTML)
      """
  }

  /// The agents that were given the rules or only count, as values to compare with.
  private var references: HTML {
    let known = ranking.contenders.filter(\.kind.isReference)
    guard !known.isEmpty else { return "" }
    let items = known.prefix(4).map { contender -> HTML in
      """
      <bdi>\(contender.agent)</bdi> \(Figures.percent(contender.accuracy.mean)) \
      (\(contender.kind == .rules ? "knows the rules" : "counts or guesses"))
      """
    }
    return "<p class=\"against\">For reference: \(items.joined(", ")).</p>\n"
  }

  /// The caveat for agents with one training run.
  private var runs: HTML {
    let single = ranking.contenders.filter { $0.kind == .learner && $0.seeds == 1 }
    guard let first = single.first else { return "" }
    let all = ranking.contenders.count { $0.kind == .learner }
    let whom: HTML =
      single.count == all
      ? (all == 1 ? "<bdi>\(first.agent)</bdi> was" : "All \(all) learning agents were")
      : single.count == 1
        ? "<bdi>\(first.agent)</bdi> was" : "\(single.count) of \(all) learning agents were"
    return """
      <p class="caveat">\(whom) trained with one seed: how far another training run would \
      differ is not counted in the intervals and tests.</p>

      """
  }

  private func costs(_ best: Contender) -> HTML {
    let participant = ranking.standings[best.members[0]].entry.participant
    let usage = UsageText(participant.usage, puzzles: ranking.benchmark.count)
    let items = [
      ("Training, per run", best.trainingFlops.map { Figures.scaled($0, "FLOP") } ?? "–"),
      ("Thinking, per puzzle", usage.operations),
      ("Time per puzzle", usage.seconds), ("Parameters", usage.parameters),
    ].filter { $0.1 != "–" }
    guard !items.isEmpty else { return "" }
    let list = items.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>\n" as HTML }.joined()
    return "<dl class=\"costs\">\(list)</dl>\n"
  }
}
