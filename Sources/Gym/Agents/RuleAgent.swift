/// An agent that is given the task itself, not only its tokens: an upper bound, not a competitor.
///
/// Every list or ranking of agents states that it uses the rules.
public protocol RuleAgent: Agent {
  /// Makes an agent for a task.
  init(settings: Settings, context: AgentContext, task: any Task) throws
}

extension RuleAgent {
  /// Always throws: there is no answer without the task.
  public init(settings: Settings, context: AgentContext) throws {
    throw GymError(
      "\(Self.id) works by a task's rules", expected: "the task beside the settings",
      remedy: "It does not learn: give its name where puzzles are solved")
  }
}
