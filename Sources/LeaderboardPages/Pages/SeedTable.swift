import GymReports
import Leaderboard

/// Agents that were run with several seeds: mean and spread, beside the single entries.
struct SeedTable: Sendable {
  let ranking: Ranking
  let colors: AgentColors

  var html: HTML {
    guard !ranking.families.isEmpty else { return "" }
    return """
      <h3>Over seeds</h3>
      <div class="scroll" tabindex="0" role="region" aria-label="Agents over several seeds">
      <table class="seeds">
      <caption>Agents whose entries differ in nothing but the seed. The spread is the standard \
      deviation over seeds.</caption>
      <thead><tr><th scope="col">Agent</th><th scope="col" class="number more">Seeds</th>
      <th scope="col" class="number">Mean</th><th scope="col" class="number">Spread</th>
      <th scope="col" class="interval">Each seed</th></tr></thead>
      <tbody>
      \(ranking.families.map(row).joined())</tbody></table></div>

      """
  }

  private var axis: Scale {
    let shares = ranking.families.flatMap(\.members).map { ranking.standings[$0].solved.share }
    return .share(shares, from: 2, to: 98)
  }

  private func row(_ family: Family) -> HTML {
    let axis = axis
    let dots = family.members.map { index -> HTML in
      let place = axis.place(ranking.standings[index].solved.share)
      return "<circle cx=\"\(percent: place)\" cy=\"8\" r=\"3.5\"/>"
    }
    let spread = family.accuracy.standardDeviation.map {
      "± " + Figures.fixed(1, of: $0 * 100) + " %"
    }
    let mean = axis.place(family.accuracy.mean)
    return """
      <tr><th scope="row" class="agent">\(colors.swatch(family.agent))<bdi>\(family.agent)</bdi></th>\
      <td class="number more">\(family.members.count)</td>\
      <td class="number share">\(Figures.percent(family.accuracy.mean))</td>\
      <td class="number">\(spread ?? "–")</td><td class="interval"><svg class="bar dots \(colors[family.agent].name)" \
      width="100%" height="16" aria-hidden="true"><line class="track" x1="0" x2="100%" y1="8" \
      y2="8"/>\(dots.joined())<line class="mean" x1="\(percent: mean)" x2="\(percent: mean)" \
      y1="1" y2="15"/></svg></td></tr>

      """
  }
}
