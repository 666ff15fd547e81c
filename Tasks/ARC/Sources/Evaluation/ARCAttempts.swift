/// The answers to one question that are submitted: two, one or none.
public struct ARCAttempts: Sendable, Hashable {
  public let first: ARCGrid?
  public let second: ARCGrid?

  /// The first two of ranked answers.
  public init(_ ranked: [ARCGrid]) {
    first = ranked.first
    second = ranked.dropFirst().first
  }

  /// Whether one of the attempts is the answer.
  public func contain(_ answer: ARCGrid) -> Bool { first == answer || second == answer }
}
