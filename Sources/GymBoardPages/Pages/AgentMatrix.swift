import GymBoards
import GymReports

/// All agents on all benchmarks: the share that each solved, with its interval.
struct AgentMatrix: Sendable {
  let items: [BenchmarkList.Item]

  /// The maximum number of agents.
  private static let most = 60

  var html: HTML {
    let agents = agents
    guard !agents.isEmpty else { return "" }
    let heads = items.map { item -> HTML in
      """
      <th scope="col"><a href="\(item.folder)index.html"><bdi>\(item.ranking.benchmark.name)</bdi></a></th>
      """
    }
    let rows = agents.prefix(Self.most).map { agent -> HTML in
      let cells = items.map { cell(agent.name, $0) }
      let mark: HTML =
        switch agent.kind {
        case .learner: ""
        case .rules: " <span class=\"tag rules\">knows the rules</span>"
        case .guesser: " <span class=\"tag\">counts or guesses</span>"
        }
      return """
        <tr class="\(agent.kind.isReference ? "reference" : "")"><th scope="row" class="agent"><bdi>\
        \(agent.name)</bdi>\(mark)</th>\(cells.joined())</tr>

        """
    }
    return """
      <section aria-labelledby="matrix-title"><h2 id="matrix-title">Who solves what</h2>
      <p>Share of puzzles solved completely, with its 95\u{A0}% interval: from the number of \
      puzzles and, for the mean of several seeds, also from the differences between training runs. \
      ★ marks the highest share of an agent that learned, which need not differ significantly from \
      the next: the benchmark’s own page tells. References come last.\
      \(agents.count > Self.most ? " The first \(Self.most) of \(agents.count) agents." : "")</p>
      <div class="scroll" tabindex="0" role="region" aria-label="Agents and benchmarks">
      <table class="overall heat"><thead><tr><th scope="col">Agent</th>\(heads.joined())</tr></thead>
      <tbody>
      \(rows.joined())</tbody></table></div></section>

      """
  }

  /// Whether nobody that learned solved more; agents may be equal.
  private func isBest(_ contender: Contender, _ ranking: Ranking) -> Bool {
    contender.kind == .learner && contender.accuracy.mean == ranking.bestLearner?.accuracy.mean
  }

  /// The agents by the number of benchmarks that they lead, then by their mean; references last.
  private var agents: [(name: String, kind: Participant.Kind)] {
    var sums: [String: (kind: Participant.Kind, wins: Int, sum: Double, runs: Int)] = [:]
    for item in items {
      var seen: Set<String> = []
      for contender in item.ranking.contenders where seen.insert(contender.agent).inserted {
        var own = sums[contender.agent] ?? (contender.kind, 0, 0, 0)
        own.wins += isBest(contender, item.ranking) ? 1 : 0
        own.sum += contender.accuracy.mean
        own.runs += 1
        sums[contender.agent] = own
      }
    }
    func key(_ name: String) -> (Int, Int, Int, Double) {
      guard let own = sums[name] else { return (1, 0, 0, 0) }
      return (own.kind.isReference ? 1 : 0, -own.wins, -own.runs, -own.sum / Double(own.runs))
    }
    return sums.keys.sorted { a, b in
      let (first, second) = (key(a), key(b))
      return first == second ? a < b : first < second
    }.map { ($0, sums[$0]?.kind ?? .learner) }
  }

  private func cell(_ agent: String, _ item: BenchmarkList.Item) -> HTML {
    let ranking = item.ranking
    guard let own = ranking.contenders.first(where: { $0.agent == agent }) else {
      return "<td class=\"none\">not run</td>"
    }
    let shade = min(10, max(0, Int((own.accuracy.mean * 10).rounded(.down))))
    let isBest = isBest(own, ranking)
    let seeds = own.seeds > 1 ? ", \(own.seeds) seeds" : ""
    return """
      <td class="h\(shade)"><a href="\(item.folder)\(ranking.standings[own.members[0]].entry.page)">\
      \(isBest ? "<span aria-hidden=\"true\">★</span><span class=\"unseen\">best: </span> " : "" as HTML)\
      <b>\(Figures.percent(own.accuracy.mean))</b></a>\
      <small>\(Figures.percent(own.interval.lowerBound)) to \
      \(Figures.percent(own.interval.upperBound))\(seeds)</small></td>
      """
  }
}
