/// Questions of one task, side by side.
public struct QuestionBatch: Sendable, Hashable {
  /// The number of cells per question.
  public let cells: Int
  /// The questions' tokens, [count, cells].
  public let questions: [UInt8]
  /// The puzzle identifier of each question, [count].
  public let identifiers: [Int32]
  /// The solved examples that explain each question (ARC), each [cells]: [count], or empty if
  /// the puzzles have none or the agent did not ask for them (`Agent.readsDemonstrations`).
  public let demonstrations: [[Example]]

  /// - Precondition: the counts agree; there are demonstrations for each question or none at all.
  public init(
    cells: Int, questions: [UInt8], identifiers: [Int32], demonstrations: [[Example]] = []
  ) {
    precondition(cells > 0 && questions.count == identifiers.count * cells)
    precondition(demonstrations.isEmpty || demonstrations.count == identifiers.count)
    self.cells = cells
    self.questions = questions
    self.identifiers = identifiers
    self.demonstrations = demonstrations
  }

  /// The number of questions.
  public var count: Int { identifiers.count }

  /// The tokens of one question.
  public func question(_ index: Int) -> ArraySlice<UInt8> {
    questions[index * cells..<(index + 1) * cells]
  }
}
