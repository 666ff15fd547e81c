import Gym
import JSON

/// The history of a run's validations.
struct ValidationHistory: Sendable, Hashable {
  /// The best score, and its step.
  private(set) var best: ValidationScore?
  private(set) var bestStep = 0
  /// The number of consecutive validations since then.
  private(set) var stale = 0
  /// The number of validations.
  private(set) var count = 0

  init() {}

  /// Adds the score of a step; returns whether it is better than all before.
  mutating func add(_ score: ValidationScore, step: Int) -> Bool {
    count += 1
    if let best, score <= best {
      stale += 1
      return false
    }
    (best, bestStep, stale) = (score, step, 0)
    return true
  }

  var json: JSON {
    [
      "best": best?.json ?? .null, "best-step": JSON(bestStep),
      "stale": JSON(stale), "count": JSON(count),
    ]
  }

  init(_ fields: JSONFields) throws {
    best = fields.has("best") ? try ValidationScore(fields.fields("best")) : nil
    bestStep = try fields.integer("best-step", in: 0...JSONFields.maximumCounted)
    stale = try fields.integer("stale", in: 0...JSONFields.maximumCounted)
    count =
      fields.has("count") ? try fields.integer("count", in: 0...JSONFields.maximumCounted) : 0
  }
}
