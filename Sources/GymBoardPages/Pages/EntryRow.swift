import Foundation
import GymBoards
import GymReports

/// One entry's row of the ranking.
struct EntryRow: Sendable {
  let ranking: Ranking
  let index: Int
  /// The number of the agent whose seeds it belongs to; nil if it stands alone.
  let family: Int?
  let axis: Scale
  let references: [Double]
  let colors: AgentColors

  var html: HTML {
    let standing = ranking.standings[index]
    let (entry, participant) = (standing.entry, standing.entry.participant)
    let usage = UsageText(participant.usage, puzzles: ranking.benchmark.count)
    let interval = standing.solved.interval()
    let learners = ranking.standings.filter { !$0.entry.participant.kind.isReference }
    let isReference = participant.kind.isReference
    let isFirst = learners.first { $0.group == standing.group }?.entry.id == entry.id
    let tied = isReference ? 1 : learners.count { $0.group == standing.group }
    let rank: HTML =
      isReference
      ? "<span class=\"dim\" aria-label=\"no rank\">–</span>" : "<b>\(standing.rank)</b>"
    let followsReference =
      index > 0 && ranking.standings[index - 1].entry.participant.kind.isReference
    let kind = [
      isFirst || isReference || followsReference ? "first" : "", isReference ? "reference" : "",
    ].filter { !$0.isEmpty }.joined(separator: " ")
    let group: HTML = family.map { " data-family=\"\($0)\"" } ?? ""
    return """
      <tr id="entry-\(entry.shortID)" class="\(kind)"\(group)>\
      <td class="rank" data-v="\(index)">\(rank)\
      \(isFirst && tied > 1 ? "<small>\(tied) tied</small>" : "" as HTML)</td>\
      <th scope="row" class="agent">\(colors.swatch(participant.agent))\
      <a href="\(entry.page)"><bdi>\(participant.agent)</bdi></a>\(participant.marks)\
      \(notes(entry))\(usage.brief)</th>\
      <td class="number share" data-v="\(exact: standing.solved.share)">\
      \(Figures.percent(standing.solved.share))</td>\
      <td class="interval">\
      \(IntervalBar.svg(standing.solved.share, interval, axis, style: colors[participant.agent], references: references))\
      <span class="unseen">\(Figures.percent(interval.lowerBound)) to \
      \(Figures.percent(interval.upperBound))</span></td>\
      \(RowCosts(usages: [participant.usage], puzzles: ranking.benchmark.count).html)\
      <td class="more date" data-v="\(exact: entry.submitted.timeIntervalSince1970)">\
      \(Figures.day(entry.submitted))</td></tr>

      """
  }

  /// Seed, version, signature and the permanent link to the row, below the name.
  private func notes(_ entry: Entry) -> HTML {
    let participant = entry.participant
    let parts = [
      participant.seed.map { "seed \($0)" },
      participant.codeVersion.map { "version \($0.shortened(to: 24))" },
      entry.signer.map { "signed by \($0.prefix(8))" },
    ].compactMap { $0 }
    let words: HTML =
      parts.isEmpty ? "" : "<bdi>\(parts.joined(separator: " · "))</bdi> · "
    return """
      <small class="notes">\(words)<a class="anchor" href="#entry-\(entry.shortID)" \
      aria-label="permanent link to the row of \(participant.label)">permanent link</a></small>
      """
  }
}

/// The seeds of one agent as one row.
struct FoldedRow: Sendable {
  let ranking: Ranking
  let contender: Contender
  let axis: Scale
  let references: [Double]
  let colors: AgentColors

  var html: HTML {
    let standings = contender.members.map { ranking.standings[$0] }
    let best = standings[0]
    let usages = standings.map(\.entry.participant.usage)
    let ranks = Set(standings.map(\.rank)).sorted().map(String.init)
    let kind = contender.kind.isReference ? " reference" : ""
    let rank: HTML =
      contender.kind.isReference
      ? "<span class=\"dim\" aria-label=\"no rank\">–</span>"
      : "<b>\(ranks.first ?? "")</b>\(ranks.count > 1 ? "<small>to \(ranks.last ?? "")</small>" : "" as HTML)"
    let place = ranking.contenders.firstIndex(of: contender) ?? 0
    let latest = standings.map(\.entry.submitted).max() ?? best.entry.submitted
    let brief = UsageText(best.entry.participant.usage, puzzles: ranking.benchmark.count).brief
    let links = standings.prefix(12).enumerated().map { index, standing -> HTML in
      let seed = standing.entry.participant.seed.map(String.init) ?? "\(index + 1)"
      return "<a href=\"\(standing.entry.page)\">\(seed)</a>"
    }
    let deviation = contender.accuracy.standardDeviation ?? 0
    return """
      <tr class="folded\(kind)" data-fold="\(place)" hidden>\
      <td class="rank" data-v="\(contender.members[0])">\(rank)</td>\
      <th scope="row" class="agent">\(colors.swatch(contender.agent))\
      <a href="\(best.entry.page)"><bdi>\(contender.agent)</bdi></a>\(best.entry.participant.marks)\
      <small class="notes">\(contender.seeds) seeds: \(links.joined(", "))\
      \(standings.count > 12 ? "…" : "") · standard deviation \(Figures.percent(deviation))</small>\
      \(brief)</th>\
      <td class="number share" data-v="\(exact: contender.accuracy.mean)">\
      \(Figures.percent(contender.accuracy.mean))</td>\
      <td class="interval">\
      \(IntervalBar.svg(contender.accuracy.mean, contender.interval, axis, style: colors[contender.agent], references: references))\
      <span class="unseen">\(Figures.percent(contender.interval.lowerBound)) to \
      \(Figures.percent(contender.interval.upperBound))</span></td>\
      \(RowCosts(usages: usages, puzzles: ranking.benchmark.count).html)\
      <td class="more date" data-v="\(exact: latest.timeIntervalSince1970)">\
      \(Figures.day(latest))</td></tr>

      """
  }
}

/// The cells of costs in a row, averaged over entries.
struct RowCosts: Sendable {
  let usages: [UsageReport]
  let puzzles: Int

  var html: HTML {
    let count = Double(max(1, puzzles))
    return """
      \(cell(mean(\.trainingFlops), Figures.scaled))\
      \(cell(mean(\.flops).map { $0 / count }, Figures.scaled))\
      \(cell(mean { $0.parameters.map(Double.init) }, Figures.scaled))\
      \(cell(mean(\.seconds).map { $0 / count }, Figures.seconds, kind: "extra"))
      """
  }

  private func mean(_ value: (UsageReport) -> Double?) -> Double? {
    let known = usages.compactMap(value)
    return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
  }

  private func cell(
    _ value: Double?, _ text: (Double) -> String, kind: String = "more"
  ) -> HTML {
    guard let value else { return "<td class=\"number \(kind)\">–</td>" }
    return "<td class=\"number \(kind)\" data-v=\"\(exact: value)\">\(text(value))</td>"
  }
}

extension HTML.Interpolation {
  /// A number for a script to sort by.
  mutating func appendInterpolation(exact value: Double) {
    appendLiteral(value.isFinite ? "\(value)" : "0")
  }
}

extension Entry {
  /// The name of the entry's own page and files: enough digits of its id to be unique on a board.
  var fileName: String { String(id.prefix(16)) }

  /// The path of its own page within the benchmark's folder, which stays the same.
  var page: String { "entries/\(fileName).html" }
}

extension Participant {
  /// The agent's name with the seed, if there is one: "HRM (seed 1)".
  var label: String { agent + (seed.map { " (seed \($0))" } ?? "") }

  /// Marks for agents that were given the task's rules, as solvers are, and cannot be compared with
  /// agents that learned them; for those that only count; for agents that did not see the
  /// demonstrations of the puzzles; and for costs that nobody measured.
  var marks: HTML {
    let kind: HTML =
      switch kind {
      case .rules: " <span class=\"tag rules\">knows the rules</span>"
      case .guesser: " <span class=\"tag\">counts or guesses</span>"
      case .learner: ""
      }
    let isClaimed = usage.provenance == .claimed && !UsageText(usage, puzzles: 1).isEmpty
    let costs: HTML = isClaimed ? " <span class=\"tag claimed\">costs claimed</span>" : ""
    let shown: HTML =
      ignoresDemonstrations ? " <span class=\"tag rules\">without demonstrations</span>" : ""
    return "\(kind)\(shown)\(costs)"
  }
}
