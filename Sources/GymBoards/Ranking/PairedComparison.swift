import GymEvaluation

/// A comparison of two entries on the same puzzles.
public struct PairedComparison: Sendable, Hashable {
  /// The puzzles that the first solved and the second did not.
  public let wins: Int
  /// The puzzles that the second solved and the first did not.
  public let losses: Int
  /// McNemar's exact two-sided p-value for that difference.
  public let pValue: Double
  /// The p-value after Holm's correction over all pairs of the benchmark.
  public let adjustedPValue: Double

  /// Whether the entries differ at the 5 % level after the correction.
  public var differs: Bool { adjustedPValue < Ranking.significance }

  /// The same comparison from the other entry's view.
  public var reversed: PairedComparison {
    PairedComparison(wins: losses, losses: wins, pValue: pValue, adjustedPValue: adjustedPValue)
  }
}

/// All pairs of some entries, as the upper triangle row by row.
struct PairedComparisonTable: Sendable {
  let count: Int
  private let pairs: [PairedComparison]

  /// Compares entries by the puzzles that each solved.
  init(_ solved: [BitSet]) {
    count = solved.count
    let totals = solved.map(\.trueCount)
    var tests: [McNemarTest] = []
    tests.reserveCapacity(count * max(0, count - 1) / 2)
    for first in solved.indices {
      for second in solved.indices.dropFirst(first + 1) {
        let both = solved[first].trueCount(and: solved[second])
        tests.append(McNemarTest(wins: totals[first] - both, losses: totals[second] - both))
      }
    }
    let adjusted = HolmCorrection.adjusted(tests.map(\.pValue))
    pairs = zip(tests, adjusted).map { test, adjusted in
      PairedComparison(
        wins: test.wins, losses: test.losses, pValue: test.pValue, adjustedPValue: adjusted)
    }
  }

  /// - Precondition: both exist.
  subscript(first: Int, second: Int) -> PairedComparison {
    precondition((0..<count).contains(first) && (0..<count).contains(second))
    if first == second { return PairedComparison(wins: 0, losses: 0, pValue: 1, adjustedPValue: 1) }
    if first > second { return self[second, first].reversed }
    return pairs[first * (2 * count - first - 1) / 2 + second - first - 1]
  }

  /// The ranks that are possible for an entry among others, given the comparisons.
  func rankRange(of index: Int, among others: [Int]) -> ClosedRange<Int> {
    var (better, worse) = (0, 0)
    let all = others.count + (others.contains(index) ? 0 : 1)
    for other in others {
      let pair = self[other, index]
      guard pair.differs else { continue }
      if pair.wins > pair.losses { better += 1 } else { worse += 1 }
    }
    return 1 + better...all - worse
  }
}
