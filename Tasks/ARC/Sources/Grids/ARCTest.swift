/// A question that a task asks; its answer may be kept back.
public struct ARCTest: Sendable, Hashable {
  /// The grid that is shown.
  public var question: ARCGrid
  /// What the rule makes of it; nil if it is kept back.
  public var answer: ARCGrid?

  /// A question with its answer, or nil.
  public init(_ question: ARCGrid, _ answer: ARCGrid?) {
    self.question = question
    self.answer = answer
  }
}
