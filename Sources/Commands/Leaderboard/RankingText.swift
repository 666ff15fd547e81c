import Gym
import GymReports
import Leaderboard

/// A ranking as text for a terminal.
struct RankingText {
  private let ranking: Ranking
  private let terminal: Terminal

  init(_ ranking: Ranking, terminal: Terminal) {
    (self.ranking, self.terminal) = (ranking, terminal)
  }

  /// The text; every line ends in a newline.
  var text: String {
    let benchmark = ranking.benchmark
    let heading =
      "\(benchmark.name): \(benchmark.count) puzzles of \(benchmark.task)"
      + (benchmark.isHeldBack ? ", answers \(benchmark.answers.rawValue)" : "")
    let puzzles = ranking.puzzles.text
    let title = heading + (puzzles.isEmpty ? "" : "\n" + puzzles)
    guard !ranking.standings.isEmpty else { return title + "\n\nNo entry yet.\n" }
    return bold(heading) + title.dropFirst(heading.count) + "\n\n" + table + families + "\n" + notes
  }

  private var table: String {
    let lines = RankingColumns(ranking).table.lines(width: terminal.width)
    // References take no rank, so lines set them apart.
    let groups = ranking.standings.map { standing in
      standing.entry.participant.kind.isReference ? nil : standing.group
    }
    var text = bold(lines.head) + "\n" + faint(lines.rule) + "\n"
    for (index, group) in groups.enumerated() {
      if index > 0, group != groups[index - 1] { text += faint(lines.rule) + "\n" }
      let line = lines.rows[index]
      text += (group == 0 && ranking.hasSolved ? paint("32", line) : line) + "\n"
    }
    return text
  }

  private var families: String {
    if ranking.families.isEmpty { return "" }
    var table = TextTable(
      ("several seeds", .left), ("seeds", .right), ("mean", .right), ("spread", .right),
      ("95 %", .right))
    for family in ranking.families {
      let sample = family.accuracy
      table.add(
        family.agent.shortened(to: 40), "\(sample.count)", sample.mean.percent,
        sample.standardDeviation.map(\.percent) ?? "",
        sample.shareInterval(trials: ranking.benchmark.count).percentages)
    }
    return "\n" + table.text(width: terminal.width)
  }

  private var notes: String {
    let count = ranking.standings.count
    var notes = [
      "Entries between two lines share a rank: no two of them differ at 5 % (McNemar's exact test, "
        + "Holm's correction over \(count * (count - 1) / 2) pairs). The ranks in brackets are "
        + "those that the answers leave open."
    ]
    if !ranking.hasSolved {
      notes.insert("No entry solved a puzzle, so none is first.", at: 0)
    }
    if ranking.hasSingleRuns {
      notes.append(
        "Some agents were trained only once: differences between their training runs are not "
          + "counted.")
    }
    let participants = ranking.standings.map(\.entry.participant)
    if participants.contains(where: { $0.usage.provenance == .claimed && $0.usage.isFilled }) {
      notes.append("~ costs as the submitter claims them")
    }
    if participants.contains(where: \.usesRules) {
      notes.append("† was given the task's rules; it takes no rank from others")
    }
    if participants.contains(where: { $0.kind == .guesser }) {
      notes.append("An agent without a rank only counts or guesses.")
    }
    if participants.contains(where: \.ignoresDemonstrations) {
      notes.append("‡ did not use the puzzles' demonstrations")
    }
    return notes.map {
      faint($0.wrapped(to: min(terminal.width, 100)).joined(separator: "\n")) + "\n"
    }.joined()
  }

  private func bold(_ text: String) -> String { paint("1", text) }
  private func faint(_ text: String) -> String { paint("2", text) }

  private func paint(_ code: String, _ text: String) -> String {
    terminal.usesColor ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

extension ClosedRange<Double> {
  /// Shares as percentages with one decimal.
  var percentages: String {
    "\(Figures.fixed(1, of: lowerBound * 100))–\(Figures.fixed(1, of: upperBound * 100)) %"
  }
}
