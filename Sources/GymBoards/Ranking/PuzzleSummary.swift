import Gym
import GymEvaluation
import GymJSON

/// A description of the puzzles of a benchmark: the task's settings and the ratings.
public struct PuzzleSummary: Sendable, Hashable {
  /// The puzzles of one level of rating.
  public struct Level: Sendable, Hashable {
    /// The level's name; "no level" for ratings that lie in none, and for unknown ones.
    public let name: String
    /// The number of its puzzles.
    public let count: Int
  }

  /// The puzzles whose ratings are in one interval of the histogram.
  public struct Bin: Sendable, Hashable {
    /// The lowest and the highest rating of the interval; of whole ratings both are in it, of
    /// others the highest belongs to the next one.
    public let from, to: Double
    /// The number of its puzzles.
    public let count: Int
  }

  /// The task's settings, such as `size 6, clues 0`; empty if it has none.
  public let settings: String
  /// The levels that have puzzles, easiest first; empty if the task has no levels or the ratings
  /// are not known.
  public let levels: [Level]
  /// The histogram of the known ratings: equal intervals in order, at most 24; empty if all ratings
  /// are equal or none is known.
  public let histogram: [Bin]
  /// The mean of the known ratings; nil if there is none.
  public let meanRating: Double?

  /// Summarizes puzzles.
  ///
  /// - Parameters:
  ///   - settings: the task's settings, an object.
  ///   - levels: the task's levels, easiest first.
  ///   - ratings: a rating for each puzzle, or an empty array if they are not known.
  public init(settings: JSON, levels: [DifficultyLevel], ratings: [Double?]) {
    self.settings = (settings.object ?? [:]).map { name, value in
      "\(name) \(value.string ?? value.description)"
    }.joined(separator: ", ")
    let known = ratings.compactMap { $0 }
    histogram = Self.histogram(known)
    meanRating = known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
    let counts = RatingParts(levels: levels, ratings: ratings).counts
    self.levels = known.isEmpty ? [] : counts.map { Level(name: $0.name, count: $0.count) }
  }

  private static func histogram(_ ratings: [Double]) -> [Bin] {
    // A distance that is not normal overflows, or has no 24th part.
    guard let low = ratings.min(), let high = ratings.max(), low < high, (high - low).isNormal
    else { return [] }
    // Whole numbers get whole intervals, so that no interval holds more of them than another.
    let isWhole = ratings.allSatisfy { $0 == $0.rounded() }
    let wanted = min(24, max(6, ratings.count / 8))
    let width =
      isWhole
      ? max(1, ((high - low + 1) / Double(wanted)).rounded(.up)) : (high - low) / Double(wanted)
    let count = isWhole ? Int(((high - low + 1) / width).rounded(.up)) : wanted
    var counts = Array(repeating: 0, count: max(1, count))
    for rating in ratings {
      counts[min(counts.count - 1, Int((rating - low) / width))] += 1
    }
    return counts.enumerated().map { index, count in
      let from = low + Double(index) * width
      return Bin(from: from, to: min(high, from + (isWhole ? width - 1 : width)), count: count)
    }
  }

  /// The ratings in a line, such as `mean rating 12.5: easy 3, hard 7`; nil if none is known.
  public var ratings: String? {
    meanRating.map { mean in
      let parts = levels.map { "\($0.name) \($0.count)" }.joined(separator: ", ")
      let rounded = (mean * 10).rounded() / 10
      return "mean rating \(rounded)" + (parts.isEmpty ? "" : ": \(parts)")
    }
  }

  /// Settings and ratings in a line; empty if neither is known.
  public var text: String {
    [settings, ratings ?? ""].filter { !$0.isEmpty }.joined(separator: "; ")
  }

  /// The name that a benchmark gets if nobody names it: the task's and the split's.
  ///
  /// A task that is named after a level, such as `sudoku-extreme` or `maze-hard`, keeps that part
  /// of its name only if the puzzles are that hard on average. Otherwise the name states the size
  /// and the level of the mean: `sudoku-6x6-easy-test`.
  public static func name(of task: any Task, ratings: [Double?], split: String) -> String {
    let name = task.id.name
    let summary = PuzzleSummary(settings: task.settings.json, levels: task.levels, ratings: ratings)
    guard let dash = name.lastIndex(of: "-"), let mean = summary.meanRating,
      task.missedLevel(meanRating: mean) != nil
    else { return "\(name)-\(split)" }
    let size = "\(task.grid.rows)x\(task.grid.columns)"
    let level = task.levels.first { $0.rating.contains(mean) }.map { "-\($0.name)" } ?? ""
    return "\(name[..<dash])-\(size)\(level)-\(split)"
  }
}

/// The puzzles of each level of rating; levels of one name are one part, as in an evaluation.
struct RatingParts {
  private let names: [String]
  private let members: [BitSet]

  init(levels: [DifficultyLevel], ratings: [Double?]) {
    guard !levels.isEmpty, !ratings.isEmpty else {
      (names, members) = ([], [])
      return
    }
    let all = levels.map(\.name) + [[DifficultyLevel].levelless]
    let places = all.map { name in all.firstIndex(of: name) ?? levels.count }
    var sets = Array(repeating: BitSet(count: ratings.count), count: all.count)
    for (index, rating) in ratings.enumerated() {
      sets[places[levels.index(of: rating) ?? levels.count]].insert(index)
    }
    let parts = zip(all, sets).filter { $0.1.trueCount > 0 }
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
