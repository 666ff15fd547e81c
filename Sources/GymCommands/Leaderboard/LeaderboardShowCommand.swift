import ArgumentParser
import Gym
import GymBoardStore
import GymBoards
import GymEvaluation
import GymJSON
import GymReports

/// `reasongym leaderboard show`: prints the ranking.
struct LeaderboardShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a benchmark's ranking.",
    discussion: Help.flowing(
      """
      Agents are ranked by the puzzles that they wholly solve. Entries between two lines share a
      rank, since none of them differ at 5 %: McNemar's exact test on the puzzles that only one of
      two solved, with Holm's correction over all pairs. The interval is Wilson's, 95 %.

      Examples:
        reasongym leaderboard show board.db
        reasongym leaderboard show board.db --benchmark maze-dev --csv > ranking.csv
      """))

  @OptionGroup var options: BoardOptions

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Print comma-separated values.")
  var csv = false

  @Flag(help: "Print a Markdown table for a README: a row per agent, with intervals.")
  var markdown = false

  @Flag(help: "Print the same table in LaTeX (booktabs) for a paper.")
  var latex = false

  func validate() throws {
    guard [json, csv, markdown, latex].count(where: { $0 }) <= 1 else {
      throw ValidationError("Choose one of --json, --csv, --markdown and --latex.")
    }
  }

  func run() throws {
    let board = try options.open(for: .reading)
    let ranking = try board.ranking(of: options.choose(on: board))
    if json {
      print(ranking.json.text(.pretty))
    } else if csv {
      print(RankingTable(ranking).csv, terminator: "")
    } else if markdown {
      print(PaperTable(ranking).markdown, terminator: "")
    } else if latex {
      print(PaperTable(ranking).latex, terminator: "")
    } else {
      print(RankingText(ranking, terminal: .output).text, terminator: "")
    }
  }
}

extension Board {
  /// The current ranking of a benchmark.
  func ranking(of benchmark: Benchmark) throws -> Ranking {
    try Ranking(
      entries(of: benchmark.id), on: benchmark, ratings: ratings(of: benchmark.id))
  }
}

/// The columns of a ranking in a terminal; the least important ones are dropped first.
struct RankingColumns {
  /// The ranking's entries, one per row.
  let table: TextTable

  init(_ ranking: Ranking) {
    typealias Column = (
      head: (title: String, side: TextTable.Side, importance: Int), text: (Standing) -> String
    )
    let standings = ranking.standings
    func column(
      _ title: String, _ side: TextTable.Side, importance: Int = TextTable.always,
      _ text: @escaping (Standing) -> String
    ) -> Column {
      ((title, side, importance), text)
    }
    let levels = standings.first?.byRating.map(\.name) ?? []
    let all =
      [
        column("rank", .right) { standing in
          standing.entry.participant.kind.isReference ? "–" : "\(standing.rank)"
        },
        column("", .left, importance: 6) { standing in
          let range = standing.rankRange
          let isRanked = !standing.entry.participant.kind.isReference
          return isRanked && range.count > 1 ? "(\(range.lowerBound)–\(range.upperBound))" : ""
        },
        column("agent", .shortened) { standing in
          let participant = standing.entry.participant
          // In front, since a long name loses its end.
          return (participant.usesRules ? "† " : "")
            + (participant.ignoresDemonstrations ? "‡ " : "") + participant.agent
        },
        column("seed", .right, importance: 5) { $0.entry.participant.seed.map { "\($0)" } ?? "" },
        column("solved", .right) { $0.solved.share.percent },
        column("95 %", .right, importance: 8) { $0.solved.interval().percentages },
        column("0 %              100 %", .left, importance: 2) { Self.bar($0.solved) },
        column("FLOPs", .right, importance: 4) { Self.cost($0, \.flops) },
        column("parameters", .right, importance: 3) {
          Self.cost($0) { $0.parameters.map(Double.init) }
        },
        column("seconds", .right, importance: 3) { Self.cost($0, \.seconds) },
        column("entry", .left, importance: 7) { $0.entry.shortID },
      ]
      + levels.indices.map { index in
        column(levels[index], .right, importance: 1) { $0.byRating[index].solved.share.percent }
      }
    let columns = all.filter { column in
      column.head.importance == TextTable.always
        || standings.contains { !column.text($0).isEmpty }
    }
    var table = TextTable(columns.map { $0.head })
    for standing in standings { table.add(columns.map { $0.text(standing) }) }
    self.table = table
  }

  /// The share as a point within its interval, on a line from 0 to 1.
  private static func bar(_ solved: Proportion) -> String {
    let width = 22
    func place(_ share: Double) -> Int { min(width - 1, max(0, Int(share * Double(width)))) }
    let interval = solved.interval()
    let (low, high) = (place(interval.lowerBound), place(interval.upperBound))
    return (0..<width).map { index in
      if index == place(solved.share) { return "●" }
      return (low...high).contains(index) ? "━" : "·"
    }.joined()
  }

  private static func cost(_ standing: Standing, _ value: (UsageReport) -> Double?) -> String {
    let usage = standing.entry.participant.usage
    let mark = usage.provenance == .claimed ? "~" : ""
    return value(usage).map { mark + $0.compact } ?? ""
  }
}

extension UsageReport {
  /// Whether any cost shown in the table is known.
  var isFilled: Bool { flops != nil || parameters != nil || seconds != nil }
}

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
      "\(benchmark.name): \(benchmark.count.counted("puzzle")) of \(benchmark.task)"
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
  /// Shares as percentages with one decimal; 0 and 100 only if exact.
  var percentages: String {
    "\(Figures.hundredths(lowerBound))–\(Figures.hundredths(upperBound)) %"
  }
}
