import Gym
import GymEvaluation

extension RunConfiguration {
  /// The cost of imported weights before this run: a budget is for what comes on top.
  var imported: ResourceUsage { origin?.training ?? ResourceUsage() }

  /// Whether the budget is used up.
  ///
  /// - Parameter spending: the cost of all steps, with that of imported weights.
  func isSpent(step: Int, _ spending: ResourceUsage) -> Bool {
    switch budget {
    case .minutes(let minutes): spending.seconds - imported.seconds >= minutes * 60
    case .flops(let flops): spending.cost.flops - imported.cost.flops >= flops
    case .steps, .epochs: step >= context.plannedSteps ?? 0
    }
  }

  /// The share of the budget used, in 0...1.
  func shareUsed(step: Int, _ spending: ResourceUsage) -> Double {
    let share =
      switch budget {
      case .minutes(let minutes): (spending.seconds - imported.seconds) / (minutes * 60)
      case .flops(let flops): (spending.cost.flops - imported.cost.flops) / flops
      case .steps, .epochs: Double(step) / Double(context.plannedSteps ?? 1)
      }
    // A budget of zero is used up.
    return share.isFinite ? min(share, 1) : 1
  }

  /// Makes sure that a run which is continued in another way than before has something to train:
  /// otherwise its settings would change, and not one weight.
  ///
  /// - Throws: a `GymError` if the budget is used up.
  func checkHasLeft(after state: CheckpointState, unlike stored: RunConfiguration) throws {
    guard !hasPlan(of: stored), isSpent(step: state.step, state.spending) else { return }
    throw GymError(
      "the run has had \(state.step) step\(state.step == 1 ? "" : "s"), and its budget of "
        + "\(budget) is used up: nothing is left to train",
      expected: "a budget beyond what the run has had",
      remedy: "Give a larger one: --steps, --epochs, --minutes or --flops")
  }
}
