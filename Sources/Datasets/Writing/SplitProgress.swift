import Gym
import JSON

/// The size of a split so far, and the statistics about it.
struct SplitProgress: Sendable, Hashable {
  var examples = 0
  var puzzles = 0
  var groups = 0
  /// The ratings of the groups' first examples.
  var ratings = RatingHistogram()
  /// The task's counts over the groups' first examples.
  var counts = CountHistograms()
  /// Whether any example has a rating.
  var hasRatings = false
  /// Whether any puzzle has demonstrations.
  var hasDemonstrations = false

  init() {}

  /// The extent in the form of a progress record.
  var json: JSON {
    [
      "examples": JSON(examples), "puzzles": JSON(puzzles),
      "groups": JSON(groups), "ratings": ratings.json,
      "counts": counts.json, "has-ratings": .bool(hasRatings),
      "has-demonstrations": .bool(hasDemonstrations),
    ]
  }

  /// Reads what `json` wrote.
  init(_ json: JSON) throws {
    func count(_ name: String) throws -> Int {
      guard let count = json[name]?.integer, (0...Int(Int32.max)).contains(count) else {
        throw GymError("\(name) is not a count", expected: "an integer in 0...\(Int32.max)")
      }
      return count
    }
    examples = try count("examples")
    puzzles = try count("puzzles")
    groups = try count("groups")
    ratings = try RatingHistogram(json["ratings"] ?? .null)
    counts = try CountHistograms(json["counts"] ?? .null)
    hasRatings = json["has-ratings"]?.bool ?? false
    hasDemonstrations = json["has-demonstrations"]?.bool ?? false
  }
}
