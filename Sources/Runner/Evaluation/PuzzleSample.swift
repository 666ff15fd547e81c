import Datasets
import Gym
import Randomness

/// A choice of a split's puzzles that depends on the seed and the number alone, and has easy and
/// hard ones in the split's own proportions.
///
/// The puzzles are ordered by rating, those without one last, and cut into as many parts of equal
/// size as puzzles are wanted; chance takes one of each.
enum PuzzleSample {
  /// The chosen examples, in ascending order.
  ///
  /// - Parameter isWhole: whether groups are chosen, and all their examples taken: a task whose
  ///   variants vote is scored as a whole.
  static func examples(
    of split: DatasetSplit, count: Int, seed: UInt64, isWhole: Bool
  ) -> [Int] {
    let units =
      isWhole
      ? (0..<split.groups.count).map { group in
        split.groups[group].flatMap { Array(split.puzzles[$0]) }
      } : (0..<split.count).map { [$0] }
    guard count < units.count else { return Array(0..<split.count) }
    let ratings = units.map { split.rating($0[0]) ?? .infinity }
    let ordered = units.indices.sorted { (ratings[$0], $0) < (ratings[$1], $1) }
    let key = RandomKey(seed: seed, "sample")
    return (0..<count).flatMap { part -> [Int] in
      let bounds = part * units.count / count..<(part + 1) * units.count / count
      var random = RandomStream(key: key, stream: UInt64(part))
      return units[ordered[bounds.lowerBound + random.below(bounds.count)]]
    }.sorted()
  }
}
