import Gym

/// The least that an agent can be: it answers every question with the question.
final class CopyQuestion: Agent {
  static let id = PluginID("copy-question", version: 1)
  static let summary = "Answers with the question: what doing nothing achieves"
  static let settings: [Setting] = []

  init(settings: Settings, context: AgentContext) {}

  func solve(_ questions: QuestionBatch, options: SolveOptions) -> [Prediction] {
    (0..<questions.count).map { Prediction(answer: Array(questions.question($0))) }
  }
}
