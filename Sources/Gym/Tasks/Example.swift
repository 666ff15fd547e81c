/// A question with the answer that serves as its label.
public struct Example: Sendable, Hashable {
  /// The question's tokens, one per cell, row by row.
  public var question: [UInt8]
  /// The answer's tokens; as many as the question's, padding for cells that are not asked. Empty if
  /// a file gives no answer; building a dataset then solves the question.
  public var answer: [UInt8]
  /// How hard it is, in the task's own unit; nil if unknown.
  public var rating: Double?
  /// The source: the name of a collection, or that of the generator.
  public var source: String

  /// A question with its answer; `rating` is nil if unknown.
  public init(question: [UInt8], answer: [UInt8], rating: Double? = nil, source: String = "") {
    self.question = question
    self.answer = answer
    self.rating = rating
    self.source = source
  }
}
