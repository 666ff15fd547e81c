import Datasets
import Gym

extension Budget {
  /// The steps that an agent may take, which schedules go by: those that are given, or else as many
  /// as its first steps promise, on an agent that is thrown away (a stop ends the measuring early); nil
  /// where the budget is in operations, and the agent counts none.
  public func plannedSteps(
    of agent: any LearningAgent.Type, settings: Settings, context: AgentContext,
    split: DatasetSplit, task: (any Task)?, until interruption: Interruption
  ) throws -> Int? {
    if let steps = plannedSteps(split, batchSize: context.batchSize) { return steps }
    return try StepCost(
      of: agent, settings: settings, context: context, split: split, task: task,
      until: interruption
    ).plannedSteps(self)
  }
}
