import Gym
import JSON

extension Benchmark {
  /// The levels as JSON: name, minimum rating, and maximum (null if unbounded).
  package var levelsJSON: JSON {
    .array(
      levels.map { level in
        [
          .string(level.name), .number(level.rating.lowerBound),
          level.rating.upperBound.isFinite ? .number(level.rating.upperBound) : .null,
        ]
      })
  }

  /// Reads what `levelsJSON` wrote.
  package static func levels(_ json: JSON) throws -> [DifficultyLevel] {
    try (json.array ?? []).map { level in
      let upper = level[2].map { $0.isNull ? Double.infinity : $0.number ?? .nan } ?? .nan
      guard let name = level[0]?.string, let lower = level[1]?.number, lower <= upper else {
        throw GymError(
          "a difficulty level is \(level.description.prefix(80))",
          expected: "[name, lowest rating, highest rating or null]")
      }
      return DifficultyLevel(name, rating: lower...upper)
    }
  }
}
