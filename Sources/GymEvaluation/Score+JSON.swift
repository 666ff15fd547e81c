import Gym
import JSON

extension Score {
  /// The score as JSON; parts without puzzles are omitted.
  public var json: JSON {
    func parts(_ parts: [Part]) -> JSON {
      .object(JSONObject(parts.filter { $0.solved.count > 0 }.map { ($0.name, $0.solved.json) }))
    }
    let isKnown = overall.count > 0 || unknown == 0
    let failures = failures.sorted { $0.key < $1.key }
    var json: JSONObject = [
      "exact": isKnown ? overall.json : .null,
      "cell-accuracy": isKnown ? .number(cellAccuracy) : .null,
      "unknown": JSON(unknown),
      "segments": .number(meanSegments),
      "findings": parts(findings),
      "by-rating": parts(byRating),
      "by-source": parts(bySource),
      "failures": .object(
        JSONObject(failures.map { ($0.key, JSON($0.value)) })),
      "solving": solving.json,
    ]
    if let whole {
      json["whole"] = .object(JSONObject(whole.scores.map { ($0.name, $0.json) }))
      if !whole.notes.isEmpty { json["notes"] = .array(whole.notes.map { .string($0) }) }
    }
    return .object(json)
  }
}

extension SplitReport.Score {
  fileprivate var json: JSON {
    [
      "points": .number(points), "count": JSON(count),
      "value": count == 0 ? .null : .number(value),
    ]
  }
}
