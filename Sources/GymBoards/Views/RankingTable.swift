import Foundation
import Gym
import GymJSON

/// A ranking as plain rows, for CSV and Markdown.
public struct RankingTable: Sendable, Hashable {
  /// The contents of a cell.
  enum Cell: Sendable, Hashable {
    /// External text, to be escaped.
    case text(String)
    /// The program's own digits and words.
    case plain(String)
    case nothing
  }

  /// The titles of the columns that do not depend on the task.
  static let fixedTitles = [
    "rank", "rank from", "rank to", "agent", "kind", "seed", "solved", "puzzles", "accuracy", "low",
    "high",
    "cell accuracy", "segments", "parameters", "flops", "seconds", "training flops",
    "training seconds", "compute", "uses rules", "without demonstrations", "submitted", "entry",
  ]

  let titles: [String]
  let rows: [[Cell]]

  /// The table of a ranking, best first.
  public init(_ ranking: Ranking) {
    let levels = ranking.standings.first?.byRating.map(\.name) ?? []
    titles = Self.fixedTitles + levels.map { "accuracy \($0)" }
    rows = ranking.standings.map(Self.row)
  }

  private static func row(_ standing: Standing) -> [Cell] {
    let (entry, results) = (standing.entry, standing.entry.results)
    let (participant, usage) = (entry.participant, entry.participant.usage)
    let interval = standing.solved.interval()
    func optional<Value>(_ value: Value?) -> Cell { value.map { .plain("\($0)") } ?? .nothing }
    return [
      .plain("\(standing.rank)"), .plain("\(standing.rankRange.lowerBound)"),
      .plain("\(standing.rankRange.upperBound)"), .text(participant.agent),
      .plain(participant.kind.rawValue),
      optional(participant.seed), .plain("\(standing.solved.successes)"),
      .plain("\(standing.solved.count)"), share(standing.solved.share),
      share(interval.lowerBound), share(interval.upperBound), share(results.cellAccuracy),
      fixed(4, results.meanSegments), optional(usage.parameters), optional(usage.flops),
      optional(usage.seconds), optional(usage.trainingFlops), optional(usage.trainingSeconds),
      .plain(usage.provenance.rawValue),
      .plain(participant.usesRules ? "yes" : "no"),
      .plain(participant.ignoresDemonstrations ? "yes" : "no"),
      .plain(entry.submitted.formatted(.iso8601)), .plain(entry.shortID),
    ] + standing.byRating.map { share($0.solved.share) }
  }

  /// A share with six digits: one puzzle of the most that a benchmark may have is a millionth.
  private static func share(_ value: Double) -> Cell { fixed(6, value) }

  private static func fixed(_ decimals: Int, _ value: Double) -> Cell {
    .plain(String(format: "%.\(decimals)f", value))
  }
}

extension RankingTable {
  /// The rows in the format of RFC 4180, with lines ended by CR LF and the titles first.
  ///
  /// A text that a spreadsheet would interpret as a formula gets an apostrophe in front.
  public var csv: String {
    let lines = [titles] + rows.map { $0.map(Self.csv) }
    return lines.map { $0.joined(separator: ",") + "\r\n" }.joined()
  }

  /// The rows of several rankings in the same format, without the parts by level: the benchmark's
  /// name comes first.
  public static func csv(of rankings: [Ranking]) -> String {
    let titles = ["benchmark"] + fixedTitles
    let rows = rankings.flatMap { ranking in
      RankingTable(ranking).rows.map { row in
        [csv(.text(ranking.benchmark.name))] + row.prefix(fixedTitles.count).map(csv)
      }
    }
    return ([titles] + rows).map { $0.joined(separator: ",") + "\r\n" }.joined()
  }

  private static func csv(_ cell: Cell) -> String {
    switch cell {
    case .nothing: return ""
    case .plain(let text): return text
    case .text(let text):
      let first = text.unicodeScalars.first { $0 != " " }
      // Some spreadsheets treat the full-width forms as the same characters.
      let signs = "=+-@\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars
      let safe = (first.map(signs.contains) ?? false ? "'" : "") + text
      return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
  }
}
