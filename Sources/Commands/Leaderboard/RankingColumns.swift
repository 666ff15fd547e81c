import Gym
import GymEvaluation
import Leaderboard

/// The columns of a ranking in a terminal, with the order in which they are dropped.
struct RankingColumns {
  let columns: [FittedColumns.Column]

  init(_ ranking: Ranking) {
    let standings = ranking.standings
    func column(
      _ title: String, _ side: FittedColumns.Side, keep: Int, _ text: (Standing) -> String
    ) -> FittedColumns.Column {
      .init(title: title, side: side, keep: keep, texts: standings.map(text))
    }
    let levels = standings.first?.byRating.map(\.name) ?? []
    let all =
      [
        column("rank", .right, keep: 99) { standing in
          standing.entry.participant.kind.isReference ? "–" : "\(standing.rank)"
        },
        column("", .left, keep: 6) { standing in
          let range = standing.rankRange
          let isRanked = !standing.entry.participant.kind.isReference
          return isRanked && range.count > 1 ? "(\(range.lowerBound)–\(range.upperBound))" : ""
        },
        column("agent", .shortened, keep: 99) { standing in
          let participant = standing.entry.participant
          return participant.agent + (participant.usesRules ? " †" : "")
            + (participant.ignoresDemonstrations ? " ‡" : "")
        },
        column("seed", .right, keep: 5) { $0.entry.participant.seed.map { "\($0)" } ?? "" },
        column("solved", .right, keep: 99) { $0.solved.share.percent },
        column("95 %", .right, keep: 8) { $0.solved.interval().percentages },
        column("0 %              100 %", .left, keep: 2) { Self.bar($0.solved) },
        column("FLOPs", .right, keep: 4) { Self.cost($0, \.flops) },
        column("parameters", .right, keep: 3) { Self.cost($0) { $0.parameters.map(Double.init) } },
        column("seconds", .right, keep: 3) { Self.cost($0, \.seconds) },
        column("entry", .left, keep: 7) { $0.entry.shortID },
      ]
      + levels.indices.map { index in
        column(levels[index], .right, keep: 1) { $0.byRating[index].solved.share.percent }
      }
    columns = all.filter { column in
      column.keep == 99 || column.texts.contains { !$0.isEmpty }
    }
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
