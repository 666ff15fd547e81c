/// One question with the answer that it is trained and labelled with.
public struct Example: Sendable, Hashable {
  /// The question's tokens, one a cell, row after row.
  public var question: [UInt8]
  /// The answer's tokens; as many as the question's, padding where nothing is asked. Empty if
  /// a file gives no answer: building a dataset then solves the question.
  public var answer: [UInt8]
  /// How hard it is, in the task's own unit.
  public var rating: Double?
  /// Where it comes from: a collection's name, or the generator's.
  public var source: String

  /// A question with its answer; nil if the rating is not known.
  public init(question: [UInt8], answer: [UInt8], rating: Double? = nil, source: String = "") {
    self.question = question
    self.answer = answer
    self.rating = rating
    self.source = source
  }
}
