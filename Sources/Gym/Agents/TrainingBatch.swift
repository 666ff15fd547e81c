/// Questions with their labels, side by side.
public struct TrainingBatch: Sendable, Hashable {
  /// The questions.
  public let questions: QuestionBatch
  /// The label of each cell, [count, cells]; padding where a cell is not asked.
  public let labels: [UInt8]

  /// - Precondition: there is a label for each cell.
  public init(questions: QuestionBatch, labels: [UInt8]) {
    precondition(labels.count == questions.questions.count)
    self.questions = questions
    self.labels = labels
  }

  /// The number of examples.
  public var count: Int { questions.count }
}
