/// The submitted answers to one question: two, one or none.
public struct ARCAttempts: Sendable, Hashable {
  /// The first attempt; nil if there is no answer.
  public let first: ARCGrid?
  /// The second attempt; nil if there is only one answer.
  public let second: ARCGrid?

  /// The first two of ranked answers.
  public init(_ ranked: [ARCGrid]) {
    first = ranked.first
    second = ranked.dropFirst().first
  }

  /// Two attempts as they were made: nil in the place of one that is not a grid.
  init(first: ARCGrid?, second: ARCGrid?) {
    (self.first, self.second) = (first, second)
  }

  /// Whether one of the attempts, or of the first `count` of them, is the answer.
  public func contain(_ answer: ARCGrid, among count: Int = 2) -> Bool {
    [first, second].prefix(count).contains(answer)
  }
}
