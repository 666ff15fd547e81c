import Gym

/// The settings that only HRM has: the sizes of its modules, its cycles, and its variations.
public struct HRMConfiguration: Sendable, Hashable {
  let highBlocks: Int
  let lowBlocks: Int
  /// N and T: high cycles per segment, and low cycles per high cycle.
  private(set) var highCycles: Int
  private(set) var lowCycles: Int
  /// The same as functions of the share of the budget used.
  private let highSchedule: Schedule
  private let lowSchedule: Schedule
  let ablation: Ablation
  /// The rows that H keeps of its own earlier segments.
  let memory: Int
  let gradient: Gradient
  let halting: Halting
  let qTarget: HaltingRule.QTarget

  /// The configuration from settings.
  init(_ settings: Settings) {
    highBlocks = settings.integer("high-blocks")
    lowBlocks = settings.integer("low-blocks")
    highSchedule = settings.schedule("high-cycles")
    lowSchedule = settings.schedule("low-cycles")
    highCycles = highSchedule.wholeValue(at: 1)
    lowCycles = lowSchedule.wholeValue(at: 1)
    ablation = settings.choice("ablation")
    memory = settings.integer("memory")
    gradient = Gradient(settings.choice("gradient"), steps: settings.integer("gradient-steps"))
    halting = settings.choice("halting")
    qTarget = settings.choice("q-target")
  }

  /// The configuration when a share of the training budget is used.
  func arranged(at progress: Double) -> HRMConfiguration {
    var result = self
    result.highCycles = highSchedule.wholeValue(at: progress)
    result.lowCycles = lowSchedule.wholeValue(at: progress)
    return result
  }
}
