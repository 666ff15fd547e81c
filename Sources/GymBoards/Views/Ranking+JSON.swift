import Foundation
import Gym
import GymEvaluation
import GymJSON

extension Ranking {
  /// The whole ranking as JSON: standings, families, Pareto fronts.
  public var json: JSON {
    [
      "benchmark": benchmark.json,
      "significance": .number(Self.significance),
      "standings": .array(standings.map(\.json)),
      "families": .array(
        families.map { family in
          [
            "agent": .string(family.agent), "entries": .array(family.members.map(id)),
            "mean": .number(family.accuracy.mean),
            "standard-deviation": family.accuracy.standardDeviation.map { .number($0) } ?? .null,
            "interval": family.accuracy.shareInterval(trials: benchmark.count).json,
          ]
        }),
      "pareto": .object(
        JSONObject(
          CostAxis.allCases.map { ($0.rawValue, .array(paretoFront($0).map(id))) })),
    ]
  }

  private func id(_ index: Int) -> JSON { .string(standings[index].entry.id) }
}

extension Benchmark {
  /// A description of the benchmark, without its puzzles.
  public var json: JSON {
    [
      "id": .string(id), "name": .string(name), "task": .string(task.description),
      "settings": settings, "split": .string(split), "data": .string(dataHash),
      "puzzles": JSON(count), "held-back": .bool(isHeldBack),
      "sealed": .bool(answers == .sealed),
    ]
  }
}

extension Standing {
  fileprivate var json: JSON {
    let results = entry.results
    return [
      "rank": JSON(rank), "group": JSON(group),
      "rank-range": [
        JSON(rankRange.lowerBound), JSON(rankRange.upperBound),
      ],
      "entry": .string(entry.id), "contestant": entry.participant.json,
      "submitted": .string(entry.submitted.formatted(.iso8601)),
      "signer": entry.signer.map { .string($0) } ?? .null,
      "solved": solved.json, "cell-accuracy": .number(results.cellAccuracy),
      "answered": JSON(results.answered.trueCount),
      "kind": .string(entry.participant.kind.rawValue),
      "segments": .number(results.meanSegments),
      "findings": .object(
        JSONObject(results.findings.map { ($0.name, JSON($0.holds.trueCount)) })),
      "by-rating": .object(JSONObject(byRating.map { ($0.name, $0.solved.json) })),
    ]
  }
}
