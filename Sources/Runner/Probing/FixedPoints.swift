/// Where thinking ends that begins at different states: one answer, or several.
public struct FixedPoints: Sendable, Hashable {
  /// The starts of each puzzle.
  public let starts: Int
  /// The standard deviation of the noise that made them differ.
  public let noise: Double
  /// For 1, 2, … distinct final answers the number of puzzles that had so many, [starts].
  public private(set) var histogram: [Int]
  /// How many of all starts ended in a right answer.
  public private(set) var right = Tally()
  /// The puzzles of which some start ended in a right answer.
  public private(set) var solvedOnce = Tally()
  /// The puzzles of which every start ended in a right answer.
  public private(set) var solvedAlways = Tally()

  /// - Precondition: `starts` is positive.
  public init(starts: Int, noise: Double) {
    precondition(starts > 0)
    (self.starts, self.noise) = (starts, noise)
    histogram = Array(repeating: 0, count: starts)
  }

  /// Counts a puzzle.
  ///
  /// - Precondition: there is an answer of each start.
  public mutating func add(_ answers: [[UInt8]], isRight: ([UInt8]) -> Bool) {
    precondition(answers.count == starts)
    let verdicts = Dictionary(Set(answers).map { ($0, isRight($0)) }, uniquingKeysWith: { $1 })
    histogram[verdicts.count - 1] += 1
    let all = answers.map { verdicts[$0] ?? false }
    for isRight in all { right.add(solved: isRight) }
    solvedOnce.add(solved: all.contains(true))
    solvedAlways.add(solved: !all.contains(false))
  }

  /// The mean number of distinct final answers of a puzzle; 0 if there are no puzzles.
  public var meanDistinct: Double {
    let puzzles = histogram.reduce(0, +)
    let sum = histogram.enumerated().reduce(0) { $0 + ($1.offset + 1) * $1.element }
    return puzzles == 0 ? 0 : Double(sum) / Double(puzzles)
  }
}
