import Foundation
import Gym
import GymReports
import JSON
import Leaderboard

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
