import Gym
import GymEvaluation

/// The puzzles of each level of rating.
struct RatingParts {
  private let names: [String]
  private let members: [BitSet]

  init(levels: [DifficultyLevel], ratings: [Double?]) {
    guard !levels.isEmpty, !ratings.isEmpty else {
      (names, members) = ([], [])
      return
    }
    var sets = Array(repeating: BitSet(count: ratings.count), count: levels.count + 1)
    for (index, rating) in ratings.enumerated() {
      sets[levels.index(of: rating) ?? levels.count].insert(index)
    }
    let parts = zip(levels.map(\.name) + [[DifficultyLevel].levelless], sets).filter {
      $0.1.trueCount > 0
    }
    (names, members) = (parts.map(\.0), parts.map(\.1))
  }

  /// The number of puzzles in each part.
  var counts: [(name: String, count: Int)] {
    zip(names, members).map { ($0, $1.trueCount) }
  }

  /// The number of solved puzzles in each part.
  func parts(of solved: BitSet) -> [Score.Part] {
    zip(names, members).map { name, part in
      Score.Part(name: name, solved: Proportion(part.trueCount(and: solved), of: part.trueCount))
    }
  }
}
