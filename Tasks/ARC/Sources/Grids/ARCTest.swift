/// A question of a task; its answer may be withheld.
public struct ARCTest: Sendable, Hashable {
  /// The grid that is shown.
  public var question: ARCGrid
  /// The answer by the rule; nil if it is withheld.
  public var answer: ARCGrid?

  /// A question with its answer, or nil.
  public init(_ question: ARCGrid, _ answer: ARCGrid?) {
    self.question = question
    self.answer = answer
  }
}
