/// A question that a task asks; its answer may be kept back.
public struct ARCTest: Sendable, Hashable {
  public var question: ARCGrid
  public var answer: ARCGrid?

  public init(_ question: ARCGrid, _ answer: ARCGrid?) {
    self.question = question
    self.answer = answer
  }
}
