import Gym

/// What is HRM's own: the sizes of its modules, its cycles, and what is changed of it.
public struct HRMConfiguration: Sendable, Hashable {
  let highBlocks: Int
  let lowBlocks: Int
  /// N and T: high cycles a segment, and low cycles a high cycle.
  private(set) var highCycles: Int
  private(set) var lowCycles: Int
  /// The same over the share of the budget that is used.
  private let highSchedule: Schedule
  private let lowSchedule: Schedule
  let ablation: Ablation
  let gradient: Gradient
  let halting: Halting
  let qTarget: HaltingRule.QTarget

  /// The configuration that settings give.
  init(_ settings: Settings) {
    highBlocks = settings.integer("high-blocks")
    lowBlocks = settings.integer("low-blocks")
    highSchedule = settings.schedule("high-cycles")
    lowSchedule = settings.schedule("low-cycles")
    highCycles = highSchedule.wholeValue(at: 1)
    lowCycles = lowSchedule.wholeValue(at: 1)
    ablation = settings.choice("ablation")
    gradient = Gradient(settings.choice("gradient"), steps: settings.integer("gradient-steps"))
    halting = settings.choice("halting")
    qTarget = settings.choice("q-target")
  }

  /// The configuration once a share of the training budget is used.
  func arranged(at progress: Double) -> HRMConfiguration {
    var result = self
    result.highCycles = highSchedule.wholeValue(at: progress)
    result.lowCycles = lowSchedule.wholeValue(at: progress)
    return result
  }
}
