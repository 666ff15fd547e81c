import JSON

/// How several answers to a puzzle become one.
///
/// The agent, or each of several, answers `copies` symmetric copies of the puzzle; its answers are
/// mapped back and counted whole. Most votes win; of as many, the surer on average; of as sure,
/// the earlier, the puzzle as it stands being first.
public struct Voting: Sendable, Hashable {
  /// The number of copies, the puzzle as it stands among them.
  public let copies: Int
  /// Whether an answer that keeps the task's rules beats all that do not, whatever the votes. The
  /// rules judge without the label.
  public let usesRules: Bool

  /// - Precondition: there is a copy.
  public init(copies: Int = 1, usesRules: Bool = false) {
    precondition(copies > 0)
    self.copies = copies
    self.usesRules = usesRules
  }

  /// The most copies that may be asked for.
  public static let most = 10_000

  var json: JSON {
    ["copies": .integer(Int64(copies)), "uses-rules": .bool(usesRules)]
  }
}
