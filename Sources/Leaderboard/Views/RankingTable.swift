import Foundation
import Gym
import JSON

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
      share(results.meanSegments), optional(usage.parameters), optional(usage.flops),
      optional(usage.seconds), optional(usage.trainingFlops), optional(usage.trainingSeconds),
      .plain(usage.provenance.rawValue),
      .plain(participant.usesRules ? "yes" : "no"),
      .plain(participant.ignoresDemonstrations ? "yes" : "no"),
      .plain(entry.submitted.formatted(.iso8601)), .plain(entry.shortID),
    ] + standing.byRating.map { share($0.solved.share) }
  }

  private static func share(_ value: Double) -> Cell { .plain(String(format: "%.4f", value)) }
}
