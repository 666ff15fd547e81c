/// Questions of one task, side by side.
public struct QuestionBatch: Sendable, Hashable {
  /// The cells of each question.
  public let cells: Int
  /// The questions' tokens, [count, cells].
  public let questions: [UInt8]
  /// The puzzle identifier of each question, [count].
  public let identifiers: [Int32]

  /// - Precondition: the counts agree.
  public init(cells: Int, questions: [UInt8], identifiers: [Int32]) {
    precondition(cells > 0 && questions.count == identifiers.count * cells)
    self.cells = cells
    self.questions = questions
    self.identifiers = identifiers
  }

  /// The number of questions.
  public var count: Int { identifiers.count }

  /// The tokens of one question.
  public func question(_ index: Int) -> ArraySlice<UInt8> {
    questions[index * cells..<(index + 1) * cells]
  }
}
