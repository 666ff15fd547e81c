import GymEvaluation
import JSON

/// An agent's result with a given amount of thinking per puzzle.
public struct ScalePoint: Sendable, Hashable {
  /// The number of segments allowed.
  public let segments: Int
  /// The number of symmetric copies that vote.
  public let votes: Int
  /// The number of chains of each copy.
  public let chains: Int
  /// The score, and the cost of solving.
  public let score: Score

  /// Floating-point operations per puzzle.
  public var flops: Double { perPuzzle(score.solving.cost.flops) }

  /// Seconds per puzzle.
  public var seconds: Double { perPuzzle(score.solving.seconds) }

  private func perPuzzle(_ sum: Double) -> Double { sum / Double(max(1, score.overall.count)) }

  /// The point as JSON, with its cost per puzzle.
  public var json: JSON {
    [
      "segments": JSON(segments), "chains": JSON(chains), "votes": JSON(votes),
      "exact": score.overall.json, "mean-segments": .number(score.meanSegments),
      "flops-per-puzzle": .number(flops), "seconds-per-puzzle": .number(seconds),
      "solving": score.solving.json,
    ]
  }
}
