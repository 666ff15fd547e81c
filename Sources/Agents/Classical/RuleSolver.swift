import Gym

/// The task's own solver, as an agent: what knowing the rules can reach, and no rival to agents
/// that see tokens alone.
public final class RuleSolver: RuleAgent {
  public static let id = PluginID("solver", version: 1)
  public static let summary = "The task's own solver: an upper bound, it uses the rules."
  public static let settings: [Setting] = []

  private let task: any Task

  public init(settings: Settings, context: AgentContext, task: any Task) throws {
    guard task.grid.cells == context.grid.cells, task.vocabulary.count == context.vocabularyCount
    else {
      throw GymError(
        "the context has \(context.grid) cells and \(context.vocabularyCount) tokens",
        expected: "\(task.grid) and \(task.vocabulary.count), as \(task.id) has")
    }
    self.task = task
  }

  public func solve(_ questions: QuestionBatch, options: SolveOptions) throws -> [Prediction] {
    (0..<questions.count).map { prediction(for: Array(questions.question($0)), options) }
  }

  private func prediction(for question: [UInt8], _ options: SolveOptions) -> Prediction {
    let cost = Cost(passes: 1)
    switch task.solve(question) {
    case .unique(let answer), .several(let answer):
      return Prediction(
        answer: answer, thoughts: options.keepsThoughts ? [answer] : [], cost: cost)
    case .none:
      return Prediction(answer: nil, failure: "the puzzle has no solution", cost: cost)
    case .invalid(let reason):
      return Prediction(
        answer: nil, failure: "this is no puzzle of \(task.id): \(reason)", cost: cost)
    case .unsupported:
      return Prediction(answer: nil, failure: "\(task.id) has no solver", cost: cost)
    }
  }
}
