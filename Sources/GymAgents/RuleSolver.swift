import Gym

/// The task's own solver as an agent: it shows what knowledge of the rules can reach, and does not
/// compete with agents that see only tokens.
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
    var predictions: [Prediction?] = []
    for index in 0..<questions.count {
      if let stop = options.stop, stop.isRequested {
        predictions += Array(repeating: nil, count: questions.count - index)
        throw StoppedSolving(predictions)
      }
      predictions.append(try prediction(for: Array(questions.question(index)), options))
    }
    return predictions.compactMap { $0 }
  }

  private func prediction(for question: [UInt8], _ options: SolveOptions) throws -> Prediction {
    let cost = ComputeCost(passes: 1)
    switch try task.solve(question) {
    case .unique(let answer), .several(let answer):
      return Prediction(
        answer: answer, thoughts: options.keepsThoughts ? [answer] : [], cost: cost)
    case .none:
      return Prediction(answer: nil, failure: "the puzzle has no solution", cost: cost)
    case .invalid(let reason):
      return Prediction(
        answer: nil, failure: "this is not a puzzle of \(task.id): \(reason)", cost: cost)
    case .unsupported:
      // Giving no answers would look like a score of 0 %.
      throw GymError(
        "\(task.id) has no solver", expected: "a task whose rules lead to the answer",
        remedy: "Leave the solver out, or name another agent")
    }
  }
}
