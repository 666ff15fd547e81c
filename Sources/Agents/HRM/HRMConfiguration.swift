import Gym

/// What is HRM's own: the sizes of its modules, its cycles, and what is changed of it.
public struct HRMConfiguration: Sendable, Hashable {
  let highBlocks: Int
  let lowBlocks: Int
  /// N and T: high cycles a segment, and low cycles a high cycle.
  let highCycles: Int
  let lowCycles: Int
  let ablation: Ablation
  let gradient: Gradient
  let halting: Halting
  let qTarget: HaltingRule.QTarget

  /// The configuration that settings give.
  init(_ settings: Settings) {
    highBlocks = settings.integer("high-blocks")
    lowBlocks = settings.integer("low-blocks")
    highCycles = settings.integer("high-cycles")
    lowCycles = settings.integer("low-cycles")
    ablation = settings.choice("ablation")
    gradient = Gradient(settings.choice("gradient"), steps: settings.integer("gradient-steps"))
    halting = settings.choice("halting")
    qTarget = settings.choice("q-target")
  }
}
