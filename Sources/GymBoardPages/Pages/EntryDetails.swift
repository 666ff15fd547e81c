import Foundation
import Gym
import GymBoards
import GymJSON
import GymReports

/// The tables of an entry's page: its settings and its costs.
struct EntryDetails: Sendable {
  let entry: Entry

  /// All settings, by name.
  var settings: HTML {
    let members = entry.participant.configuration.object ?? [:]
    guard !members.isEmpty else { return "" }
    let rows = members.map { name, value -> HTML in
      let text = (value.string ?? value.text()).shortened(to: 200)
      return "<div><dt>\(name)</dt><dd><bdi>\(text)</bdi></dd></div>\n"
    }
    let list: HTML = "<dl class=\"settings\">\(rows.joined())</dl>\n"
    if rows.count <= 12 { return list }
    return "<details><summary>All \(rows.count) settings</summary>\n\(list)</details>\n"
  }

  /// The usage report as a table.
  func costs(puzzles: Int) -> HTML {
    let usage = entry.participant.usage
    let count = Double(max(1, puzzles))
    let rows: [(String, String?, String?)] = [
      (
        "Operations (FLOP)", usage.flops.map { Figures.scaled($0 / count) },
        usage.trainingFlops.map(Figures.scaled)
      ),
      (
        "Time", usage.seconds.map { Figures.seconds($0 / count) },
        usage.trainingSeconds.map(Figures.seconds)
      ),
      ("Forward passes", usage.passes.map { Figures.significant(Double($0) / count) }, nil),
      ("Tokens written", usage.tokens.map { Figures.significant(Double($0) / count) }, nil),
    ].filter { $0.1 != nil || $0.2 != nil }
    let parameters: HTML =
      usage.parameters.map { "<p>\(Figures.count($0)) trainable parameters.</p>\n" } ?? ""
    guard !rows.isEmpty else { return parameters }
    let cells = rows.map { name, solving, training -> HTML in
      """
      <tr><th scope="row">\(name)</th><td class="number">\(solving ?? "–")</td>\
      <td class="number">\(training ?? "–")</td></tr>

      """
    }
    return """
      \(parameters)<div class="scroll" tabindex="0" role="region" aria-label="Costs">
      <table class="narrow"><caption>Costs are \(usage.provenance.rawValue)\
      \(usage.provenance == .measured ? " by the gym’s own runner" : " by the submitter").</caption>
      <thead><tr><th scope="col">Cost</th><th scope="col" class="number">per puzzle</th>\
      <th scope="col" class="number">of training</th></tr></thead><tbody>
      \(cells.joined())</tbody></table></div>

      """
  }
}

/// Agents that were run with several seeds: mean and spread, beside the single entries.
struct SeedTable: Sendable {
  let ranking: Ranking
  let colors: AgentColors

  var html: HTML {
    guard !ranking.families.isEmpty else { return "" }
    return """
      <h3>Agents with several seeds</h3>
      <div class="scroll" tabindex="0" role="region" aria-label="Agents over several seeds">
      <table class="seeds">
      <caption>Agents whose entries differ only in the seed, with the standard deviation over \
      seeds.</caption>
      <thead><tr><th scope="col">Agent</th><th scope="col" class="number more">Seeds</th>
      <th scope="col" class="number">Mean</th><th scope="col" class="number">Deviation</th>
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
    let spread = family.accuracy.standardDeviation.map { "± " + Figures.percent($0) }
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
