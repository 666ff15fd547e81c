import JSON

/// How several answers to a puzzle are combined.
///
/// The agent, or each of several, answers `copies` symmetric copies of the puzzle; its answers are
/// mapped back, and equal ones are counted. The answer with the most votes wins; among equals the
/// one with the higher mean confidence, then the earlier one, starting with the original puzzle.
public struct VotingOptions: Sendable, Hashable {
  /// The number of copies, including the original puzzle.
  public let copies: Int
  /// Whether an answer that follows the task's rules beats all others, whatever the votes. The
  /// rules judge without the label.
  public let usesRules: Bool

  /// - Precondition: there is at least one copy.
  public init(copies: Int = 1, usesRules: Bool = false) {
    precondition(copies > 0)
    self.copies = copies
    self.usesRules = usesRules
  }

  /// The maximum number of copies.
  public static let maximum = 10_000

  var json: JSON {
    ["copies": JSON(copies), "uses-rules": .bool(usesRules)]
  }
}
