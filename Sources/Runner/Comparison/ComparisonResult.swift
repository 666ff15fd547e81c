import Foundation
import Gym
import GymEvaluation
import JSON

/// The result of one entry of a comparison; `result.json` in its folder.
public struct ComparisonResult: Sendable, Hashable {
  /// The number of training steps, including those of an earlier run; 0 if there were none.
  public var steps: Int
  /// The costs of learning and solving.
  public var usage: AgentUsage
  /// The puzzles solved completely.
  public var tally: Proportion
  /// The mean share of asked cells that were right.
  public var cellAccuracy: Double
  /// The mean number of segments used.
  public var segments: Double
  /// The total seconds, including evaluation and checkpoints.
  public var wallSeconds: Double

  init(steps: Int, usage: AgentUsage, score: Score, wallSeconds: Double) {
    (self.steps, self.usage, self.wallSeconds) = (steps, usage, wallSeconds)
    (tally, cellAccuracy) = (score.overall, score.cellAccuracy)
    segments = score.meanSegments
  }

  /// The result in the form of `result.json`.
  public var json: JSON {
    [
      "steps": JSON(steps), "exact": tally.json,
      "cell-accuracy": .number(cellAccuracy), "segments": .number(segments),
      "ledger": usage.json, "wall-seconds": .number(wallSeconds),
    ]
  }

  /// Reads what `json` wrote.
  init(contentsOf file: URL) throws {
    try self.init(JSON(contentsOf: file), at: file.path)
  }

  /// The same from JSON.
  init(_ json: JSON, at place: String) throws {
    let fields = try JSONFields(json, at: place)
    steps = try fields.integer("steps", in: 0...JSONFields.maximumCounted)
    let exact = try fields.fields("exact")
    let count = try exact.integer("count", in: 0...Int(Int32.max))
    tally = Proportion(try exact.integer("solved", in: 0...count), of: count)
    cellAccuracy = try fields.number("cell-accuracy", in: 0...1)
    segments = try fields.number("segments", in: 0...1e12)
    wallSeconds = try fields.number("wall-seconds", in: 0...1e12)
    usage = try AgentUsage(fields.fields("ledger"))
  }
}
