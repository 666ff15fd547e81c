import Gym

/// Where an agent's reasoning traces come from: its task, question by question.
public struct TraceSource: Sendable {
  private let task: any Task

  /// The traces of a task; nil where the agent does not learn from such.
  ///
  /// - Throws: a `GymError` where the agent learns from traces, and the task is not known.
  public init?(for agent: any LearningAgent, task: (any Task)?) throws {
    let agent = type(of: agent)
    guard agent.learnsFromTraces else { return nil }
    guard let task else {
      throw GymError(
        "\(agent.id) learns from reasoning traces, and the task that has them is not known",
        remedy: "Name it by --task")
    }
    self.task = task
  }

  /// The states of each question's trace, empty where the task has none for it.
  func traces(of questions: QuestionBatch) -> [[[UInt8]]] {
    (0..<questions.count).map { index in
      task.trace(of: Array(questions.question(index)))?.steps.map(\.tokens) ?? []
    }
  }
}
