import JSON

/// What an agent achieved with so much thinking about each puzzle.
public struct ScalePoint: Sendable, Hashable {
  /// The segments that it was allowed.
  public let segments: Int
  /// The symmetric copies that it voted over.
  public let votes: Int
  /// The chains of each of them.
  public let chains: Int
  /// What it achieved, and what solving took.
  public let score: Score

  /// Floating-point operations, a puzzle.
  public var flops: Double { perPuzzle(score.solving.cost.flops) }

  /// Seconds, a puzzle.
  public var seconds: Double { perPuzzle(score.solving.seconds) }

  private func perPuzzle(_ sum: Double) -> Double { sum / Double(max(1, score.overall.count)) }

  /// The point as JSON, with its cost for each puzzle.
  public var json: JSON {
    [
      "segments": .integer(Int64(segments)), "chains": .integer(Int64(chains)), "votes": .integer(Int64(votes)),
      "exact": score.overall.json, "mean-segments": .number(score.meanSegments),
      "flops-per-puzzle": .number(flops), "seconds-per-puzzle": .number(seconds),
      "solving": score.solving.json,
    ]
  }
}
