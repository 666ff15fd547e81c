import Gym
import JSON

/// How many of some puzzles were solved.
public struct Tally: Sendable, Hashable {
  /// The number of puzzles.
  public private(set) var count = 0
  /// The number wholly solved.
  public private(set) var solved = 0

  public init() {}

  /// Counts one more puzzle.
  public mutating func add(solved isSolved: Bool) {
    count += 1
    if isSolved { solved += 1 }
  }

  /// The share solved, 0 where there are no puzzles.
  public var accuracy: Double { count == 0 ? 0 : Double(solved) / Double(count) }

  /// The 95 % interval of the share (Wilson's score interval, JASA 22, 1927); 0...1 where there
  /// are no puzzles.
  public var interval: ClosedRange<Double> {
    guard count > 0 else { return 0...1 }
    let (n, z) = (Double(count), 1.959963984540054)
    let middle = (accuracy + z * z / (2 * n)) / (1 + z * z / n)
    let variance = accuracy * (1 - accuracy) / n + z * z / (4 * n * n)
    let half = z / (1 + z * z / n) * variance.squareRoot()
    // At 0 and 1 rounding could put the bound on the wrong side of the share.
    return min(max(0, middle - half), accuracy)...max(min(1, middle + half), accuracy)
  }

  public var json: JSON {
    [
      "count": .integer(Int64(count)), "solved": .integer(Int64(solved)),
      "accuracy": .number(accuracy),
      "interval": [.number(interval.lowerBound), .number(interval.upperBound)],
    ]
  }
}
