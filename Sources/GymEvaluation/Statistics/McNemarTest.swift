import Foundation

/// McNemar's exact test (Psychometrika 12, 1947): whether two participants that answered the same
/// puzzles differ.
///
/// Only puzzles that exactly one of them solved count. If both were equally good, each of those
/// would be a fair coin toss; p is the probability of a split at least as uneven.
public struct McNemarTest: Sendable, Hashable {
  /// The number of puzzles that only the first solved.
  public let wins: Int
  /// The number of puzzles that only the second solved.
  public let losses: Int
  /// The natural logarithm of the two-sided p-value, which is finite even if p itself underflows.
  public let logPValue: Double

  /// - Precondition: neither count is negative.
  public init(wins: Int, losses: Int) {
    precondition(wins >= 0 && losses >= 0, "\(wins) wins and \(losses) losses")
    (self.wins, self.losses) = (wins, losses)
    let fewer = min(wins, losses)
    // An even split, or one that is off by a single toss, has all probability in its two tails.
    if abs(wins - losses) <= 1 {
      logPValue = 0
    } else {
      let tail = FairCoin.logTail(upTo: fewer, of: wins + losses)
      logPValue = min(0, tail + log(2))
    }
  }

  /// The two-sided p-value.
  public var pValue: Double { exp(logPValue) }
}
