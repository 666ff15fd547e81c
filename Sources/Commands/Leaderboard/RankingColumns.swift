import Gym
import GymEvaluation
import GymReports
import Leaderboard

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
          return participant.agent + (participant.usesRules ? " †" : "")
            + (participant.ignoresDemonstrations ? " ‡" : "")
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
