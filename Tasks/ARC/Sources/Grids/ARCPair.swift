/// A question and its answer: a demonstration.
public struct ARCPair: Sendable, Hashable {
  /// The grid that is shown.
  public var question: ARCGrid
  /// The answer by the rule.
  public var answer: ARCGrid

  /// A question with its answer.
  public init(_ question: ARCGrid, _ answer: ARCGrid) {
    self.question = question
    self.answer = answer
  }
}
