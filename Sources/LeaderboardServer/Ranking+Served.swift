import Foundation
import Gym
import JSON
import Leaderboard

extension Benchmark {
  /// The benchmark in the API's form.
  var served: JSON {
    [
      "id": .string(id), "name": .string(name), "task": .string(task.description),
      "split": .string(split), "puzzles": JSON(count), "data-hash": .string(dataHash),
      "held-back": .bool(isHeldBack), "created": .string(created.formatted(.iso8601)),
    ]
  }
}

extension Ranking {
  /// The ranking in the API's form, best first.
  var served: JSON {
    ["benchmark": benchmark.served, "standings": .array(standings.map(\.served))]
  }
}

extension Standing {
  fileprivate var served: JSON {
    let interval = solved.interval()
    let usage = entry.participant.usage
    return [
      "entry": .string(entry.id), "agent": .string(entry.participant.agent),
      "seed": entry.participant.seed.map { .string(String($0)) } ?? .null,
      "uses-rules": .bool(entry.participant.usesRules),
      "without-demonstrations": .bool(entry.participant.ignoresDemonstrations),
      "rank": JSON(rank),
      "rank-range": [
        JSON(rankRange.lowerBound), JSON(rankRange.upperBound),
      ],
      "solved": JSON(solved.successes), "puzzles": JSON(solved.count),
      "interval": [.number(interval.lowerBound), .number(interval.upperBound)],
      "ledger": usage.json, "submitted": .string(entry.submitted.formatted(.iso8601)),
    ]
  }
}
