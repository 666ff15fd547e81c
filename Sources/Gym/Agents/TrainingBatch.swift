/// Questions with their labels, side by side.
public struct TrainingBatch: Sendable, Hashable {
  /// The questions.
  public let questions: QuestionBatch
  /// The label of each cell, [count, cells]; padding for cells that are not asked.
  public let labels: [UInt8]

  /// The states of each example's reasoning trace, from the question to the answer, each [cells]:
  /// [count], or empty if the agent did not ask for them (`LearningAgent.learnsFromTraces`).
  /// An example whose task has no trace has an empty list.
  public let traces: [[[UInt8]]]

  /// The share of the training budget used before this batch, in 0...1; schedules depend on it.
  public let progress: Double

  /// - Precondition: there is a label for each cell, and a trace for each example or none at all.
  public init(
    questions: QuestionBatch, labels: [UInt8], traces: [[[UInt8]]] = [], progress: Double = 0
  ) {
    precondition(labels.count == questions.questions.count)
    precondition(traces.isEmpty || traces.count == questions.count)
    self.questions = questions
    self.labels = labels
    self.traces = traces
    self.progress = progress
  }

  /// The number of examples.
  public var count: Int { questions.count }
}
