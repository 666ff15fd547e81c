/// An agent's answer to one question.
public struct Prediction: Sendable, Hashable {
  /// The answer's tokens, one per cell; nil if the agent gave none.
  public var answer: [UInt8]?
  /// How sure the agent is, from 0 to 1; nil if it does not say.
  public var confidence: Double?
  /// The number of segments (outer steps) used.
  public var segments: Int
  /// The answer after each segment; empty unless `SolveOptions.keepsThoughts` is set.
  public var thoughts: [[UInt8]]
  /// Why there is no answer.
  public var failure: String?
  /// The cost of the answer.
  public var cost: ComputeCost

  /// An answer, or nil with the reason as `failure`.
  public init(
    answer: [UInt8]?, confidence: Double? = nil, segments: Int = 1, thoughts: [[UInt8]] = [],
    failure: String? = nil, cost: ComputeCost = ComputeCost()
  ) {
    self.answer = answer
    self.confidence = confidence
    self.segments = segments
    self.thoughts = thoughts
    self.failure = failure
    self.cost = cost
  }
}
