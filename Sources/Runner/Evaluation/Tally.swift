import Gym
import JSON
import Statistics

/// A count of puzzles, and of the solved ones among them.
public struct Tally: Sendable, Hashable {
  /// The number of puzzles.
  public private(set) var count = 0
  /// The number solved completely.
  public private(set) var solved = 0

  /// A tally of no puzzles.
  public init() {}

  /// Counts one more puzzle.
  public mutating func add(solved isSolved: Bool) {
    count += 1
    if isSolved { solved += 1 }
  }

  /// A tally with the given counts.
  ///
  /// - Precondition: `solved` is in 0...count.
  public init(solved: Int, of count: Int) {
    precondition(0 <= solved && solved <= count)
    (self.solved, self.count) = (solved, count)
  }

  /// The sum of two tallies.
  public static func + (a: Tally, b: Tally) -> Tally {
    Tally(solved: a.solved + b.solved, of: a.count + b.count)
  }

  /// The share solved; 0 if there are no puzzles.
  public var accuracy: Double { count == 0 ? 0 : Double(solved) / Double(count) }

  /// The 95 % interval of the share (Wilson's score interval, JASA 22, 1927); 0...1 if there
  /// are no puzzles.
  public var interval: ClosedRange<Double> { Proportion(solved, of: count).interval() }

  /// The tally as JSON, with its share and interval.
  public var json: JSON {
    [
      "count": .integer(Int64(count)), "solved": .integer(Int64(solved)),
      "accuracy": .number(accuracy),
      "interval": [.number(interval.lowerBound), .number(interval.upperBound)],
    ]
  }
}
