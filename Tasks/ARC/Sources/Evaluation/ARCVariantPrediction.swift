/// An agent's answer to one question of one variant of a task, as canvases.
public struct ARCVariantPrediction: Sendable, Hashable {
  /// The variant's name: `<task>`, or one that says how it was made; see `ARCPuzzleName`.
  public var variant: String
  /// The variant's question, 900 tokens, in the top left corner.
  public var question: [UInt8]
  /// The agent's answer; nil if it gave none.
  public var answer: [UInt8]?
  /// How sure the agent is, from 0 to 1; for HRM, the sigmoid of its halt logit.
  public var confidence: Double

  /// An answer to a variant's question, or nil.
  public init(variant: String, question: [UInt8], answer: [UInt8]?, confidence: Double) {
    self.variant = variant
    self.question = question
    self.answer = answer
    self.confidence = confidence
  }
}
