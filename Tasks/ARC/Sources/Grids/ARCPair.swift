/// A question and its answer: a demonstration.
public struct ARCPair: Sendable, Hashable {
  public var question: ARCGrid
  public var answer: ARCGrid

  public init(_ question: ARCGrid, _ answer: ARCGrid) {
    self.question = question
    self.answer = answer
  }
}
