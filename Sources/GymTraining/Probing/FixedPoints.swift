import GymEvaluation

/// The final answers from different initial states: one answer, or several.
public struct FixedPoints: Sendable, Hashable {
  /// The number of initial states per puzzle.
  public let starts: Int
  /// The standard deviation of the noise that made them differ.
  public let noise: Double
  /// For 1, 2, … distinct final answers, the number of puzzles with that many, [starts].
  public private(set) var histogram: [Int]
  /// The number of all starts that ended in a right answer.
  public private(set) var right = Proportion()
  /// The number of puzzles for which some start ended in a right answer.
  public private(set) var solvedOnce = Proportion()
  /// The number of puzzles for which every start ended in a right answer.
  public private(set) var solvedAlways = Proportion()

  /// - Precondition: `starts` is positive.
  public init(starts: Int, noise: Double) {
    precondition(starts > 0)
    (self.starts, self.noise) = (starts, noise)
    histogram = Array(repeating: 0, count: starts)
  }

  /// Adds a puzzle.
  ///
  /// - Precondition: there is one answer per start.
  public mutating func add(_ answers: [[UInt8]], isRight: ([UInt8]) throws -> Bool) rethrows {
    precondition(answers.count == starts)
    let verdicts = try Dictionary(
      Set(answers).map { ($0, try isRight($0)) }, uniquingKeysWith: { $1 })
    histogram[verdicts.count - 1] += 1
    let all = answers.map { verdicts[$0] ?? false }
    for isRight in all { right.add(isRight) }
    solvedOnce.add(all.contains(true))
    solvedAlways.add(!all.contains(false))
  }

  /// The mean number of distinct final answers per puzzle; 0 if there are no puzzles.
  public var meanDistinct: Double {
    let puzzles = histogram.reduce(0, +)
    let sum = histogram.enumerated().reduce(0) { $0 + ($1.offset + 1) * $1.element }
    return puzzles == 0 ? 0 : Double(sum) / Double(puzzles)
  }
}
