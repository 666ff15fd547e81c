import Datasets
import Gym

/// What a training step of an agent takes, measured on an agent that is thrown away.
public struct StepCost: Sendable, Hashable {
  /// The cost of the first step.
  public let cost: Cost
  /// The seconds of a step after the first.
  public let seconds: Double

  private static let timedSteps = 10
  private static let timedSeconds = 2.0

  /// Measures an agent's first steps: at least two, more unless somebody asks for a stop.
  public init(
    of agent: any LearningAgent.Type, settings: Settings, context: AgentContext,
    split: DatasetSplit, task: (any Task)?, until interruption: Interruption
  ) throws {
    let agent = try agent.init(settings: settings, context: context)
    var batches = TrainingBatches(
      split, batchSize: context.batchSize, seed: context.seed,
      traces: try TraceSource(for: agent, task: task))
    // The first step also makes what later ones use again, so it tells nothing of the time.
    cost = try agent.learn(from: batches.next()).cost.bounded
    let clock = ContinuousClock()
    let start = clock.now
    var (steps, elapsed) = (0, 0.0)
    while steps == 0
      || steps < Self.timedSteps && elapsed < Self.timedSeconds && !interruption.isRequested
    {
      _ = try agent.learn(from: batches.next())
      steps += 1
      elapsed = (clock.now - start) / .seconds(1)
    }
    seconds = elapsed / Double(steps)
  }

  /// The steps after which a budget is used up, as far as these first steps tell; nil where it is
  /// in operations, and the agent counts none.
  func plannedSteps(_ budget: Budget) -> Int? {
    func steps(_ whole: Double, _ each: Double) -> Int? {
      each > 0 ? max(1, Int(min((whole / each).rounded(.up), Double(Budget.most)))) : nil
    }
    switch budget {
    case .flops(let flops): return steps(flops, cost.flops)
    case .minutes(let minutes): return steps(minutes * 60, seconds)
    case .steps, .epochs: return nil
    }
  }
}
