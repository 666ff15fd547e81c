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
  /// Whether the states have an axis of symbols, over which both modules share their weights.
  let hasSymbolAxis: Bool
  /// The rows that H keeps of its own earlier segments.
  let memory: Int
  let gradient: Gradient
  let halting: HaltingRule

  /// The configuration from settings.
  init(_ settings: Settings) {
    highBlocks = settings[Self.highBlocks]
    lowBlocks = settings[Self.lowBlocks]
    highSchedule = settings[Self.highCycles]
    lowSchedule = settings[Self.lowCycles]
    highCycles = highSchedule.wholeValue(at: 1)
    lowCycles = lowSchedule.wholeValue(at: 1)
    ablation = settings[Self.ablation]
    hasSymbolAxis = settings[Self.symbolAxis]
    memory = settings[Self.memory]
    gradient = Gradient(settings[Self.gradient], steps: settings[Self.gradientSteps])
    halting = HaltingRule(settings)
  }

  /// Throws a `GymError` if values exclude each other, or would leave a part without effect.
  ///
  /// - Parameter segments: the most segments per puzzle.
  func check(segments: Schedule) throws {
    if case .throughTime(let updates) = gradient, updates < 2, ablation.hasBothModules {
      throw GymError(
        "gradient is bptt with gradient-steps \(updates): the last update is H's, and L would not "
          + "learn",
        expected: "2 or more", remedy: "Set gradient-steps to 2 or more")
    }
    guard memory > 0 else { return }
    guard ablation != .noHigh else {
      throw GymError(
        "memory is \(memory) and ablation no-high", remedy: "Set memory to 0: H reads it")
    }
    guard !hasSymbolAxis else {
      throw GymError(
        "memory is \(memory) and symbol-axis true",
        remedy: "Set memory to 0: it keeps rows of one channel alone")
    }
    guard segments.values.contains(where: { $0 > 1 }) else {
      throw GymError(
        "memory is \(memory), and every puzzle gets one segment",
        remedy: "Set memory to 0: there is no earlier segment to keep rows of")
    }
  }

  /// The configuration when a share of the training budget is used.
  func arranged(at progress: Double) -> HRMConfiguration {
    var result = self
    result.highCycles = highSchedule.wholeValue(at: progress)
    result.lowCycles = lowSchedule.wholeValue(at: progress)
    return result
  }
}

extension HRMConfiguration {
  /// One of the two recurrent modules.
  enum Module: Sendable, Hashable {
    case high
    case low

    /// The index of its state among the carried ones.
    var state: Int { self == .high ? 0 : 1 }
  }

  /// A part that is left out, to measure its contribution. Two more ablations have their own
  /// settings: `halting=fixed`, and `puzzle-width=0` for no puzzle embedding.
  public enum Ablation: String, Sendable, Hashable, CaseIterable {
    /// Nothing: the published model.
    case none
    /// No high module: L makes all N·(T + 1) updates of a segment, z_L = L(z_L, x̃), and the heads
    /// read z_L. With as many blocks in H as in L, a segment costs the same as before.
    case noHigh = "no-high"
    /// No low module: H makes all N·(T + 1) updates, z_H = H(z_H, x̃).
    case noLow = "no-low"
    /// One segment per puzzle: no deep supervision, and no state carried.
    case noOuterLoop = "no-outer-loop"

    var hasBothModules: Bool { self != .noHigh && self != .noLow }
  }

  /// How far back the gradient goes from a segment's end, in module updates: each call of L or H
  /// is one, and the last two of a segment are always L, then H.
  public enum Gradient: Sendable, Hashable {
    /// Through the last update of each module (the published one-step gradient). Memory is that
    /// of two updates, whatever the cycles.
    case oneStep
    /// Through the last K updates of the segment, across cycles; through all of them if K is at
    /// least N·(T + 1). The states at the start of the segment are always constants. K = 2 is
    /// `oneStep`; with K = 1, only the last module would learn. Memory and the time of the backward
    /// pass grow with K.
    case throughTime(updates: Int)
    /// K terms of the implicit gradient. Let Φ map the states before the last update of each module
    /// to those after it. At a fixed point of Φ, the gradient of the loss with respect to the
    /// weights is (∂Φ/∂θ)ᵀ (1 − Jᵀ)⁻¹ v, where J is Φ's Jacobian with respect to the states and v
    /// the gradient of the loss with respect to its result. The inverse is the Neumann series 1 +
    /// Jᵀ + (Jᵀ)² + …, cut after K terms and evaluated at the reached states, which are near a
    /// fixed point if training makes them so. One term is `oneStep`. The terms go through the same
    /// recorded operations, so memory is that of `oneStep`; each further term takes the time of one
    /// backward pass of the two updates without the weights' gradients. If Φ does not contract, the
    /// series does not converge, and more terms are no better.
    case implicit(terms: Int)
    /// Through the last high cycle only, with all its low cycles: of the N·(T + 1) updates of a
    /// segment the last T + 1 (arXiv 2510.04871, section 4.1).
    case lastCycle

    /// The names in settings.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
      /// `oneStep`.
      case oneStep = "one-step"
      /// `throughTime`, with `gradient-steps` updates.
      case throughTime = "bptt"
      /// `implicit`, with `gradient-steps` terms.
      case implicit
      /// `lastCycle`.
      case lastCycle = "last-cycle"
    }

    init(_ kind: Kind, steps: Int) {
      switch kind {
      case .oneStep: self = .oneStep
      case .throughTime: self = .throughTime(updates: steps)
      case .implicit: self = .implicit(terms: steps)
      case .lastCycle: self = .lastCycle
      }
    }
  }

  /// The module updates of a segment, in order.
  var updates: [Module] {
    switch ablation {
    case .none, .noOuterLoop:
      let cycle = Array(repeating: Module.low, count: lowCycles) + [.high]
      return (0..<highCycles).flatMap { _ in cycle }
    case .noHigh: return Array(repeating: .low, count: highCycles * (lowCycles + 1))
    case .noLow: return Array(repeating: .high, count: highCycles * (lowCycles + 1))
    }
  }

  /// The number of updates that are recorded, counted from the last.
  var recordedUpdates: Int {
    switch gradient {
    case .oneStep, .implicit: ablation.hasBothModules ? 2 : 1
    case .throughTime(let updates): min(updates, self.updates.count)
    case .lastCycle: lowCycles + 1
    }
  }
}

extension HRMConfiguration {
  private static let highBlocks = Setting.integer(
    "high-blocks", "blocks of the high module", default: 2, in: 1...64
  ).unless(ablation, is: .noHigh)
  private static let lowBlocks = Setting.integer(
    "low-blocks", "blocks of the low module", default: 2, in: 1...64
  ).unless(ablation, is: .noLow)
  private static let highCycles = Setting.schedule(
    "high-cycles", "high cycles per segment (N)", default: 2, in: 1...64)
  private static let lowCycles = Setting.schedule(
    "low-cycles", "low cycles per high cycle (T)", default: 2, in: 1...64)
  private static let ablation = Setting.choice(
    "ablation", "what is left out", default: Ablation.none)
  static let symbolAxis = Setting.flag(
    "symbol-axis", "whether weights are shared over an axis of symbols, as symbol-equivariant does",
    default: false)
  private static let memory = Setting.integer(
    "memory", "rows that H keeps of its own earlier segments; 0 for none", default: 0, in: 0...64)
  private static let gradient = Setting.choice(
    "gradient", "how far back the gradient goes from a segment's end",
    default: Gradient.Kind.oneStep)
  private static let gradientSteps = Setting.integer(
    "gradient-steps", "bptt: module updates gone back through; implicit: terms of the series",
    default: 6, in: 1...8192
  ).onlyIf(gradient, is: .throughTime, .implicit)

  /// HRM's settings. The defaults are the preset `small`.
  static let settings = NeuralConfiguration.settings(
    modules: Setting.list(highBlocks, lowBlocks, highCycles, lowCycles),
    Setting.list(ablation, symbolAxis, memory), gradient: Setting.list(gradient, gradientSteps),
    halting: NeuralConfiguration.halts,
    segments: NeuralConfiguration.maxSegments.unless(ablation, is: .noOuterLoop))

  /// The published arrangement, and smaller ones for a plain processor.
  static let presets: [Preset] =
    [
      Preset(
        "paper", "the published Sudoku-Extreme arrangement: D 512, 4+4 blocks, 27.3M parameters",
        NeuralConfiguration.published.merging(blocks(4)) { $1 }),
      Preset("small", "D 128, 2+2 blocks: trains on a plain processor", [:]),
      Preset(
        "tiny", "D 64, 1+1 blocks: for trying things out",
        NeuralConfiguration.smallest.merging(blocks(1)) { $1 }
          .merging(["expansion": .number(4)]) { $1 }),
    ]
    + NeuralConfiguration.fastPresets(
      for: settings, hidden: 64, blocks: "2+2",
      own: NeuralConfiguration.fastSymbols.merging(lastCycle) { $1 }.merging([
        "symbol-axis": .flag(true), "high-cycles": .text("1,2@0.2"),
        "matrix-learning-rate": .text("0.006..0"),
      ]) { $1 },
      tinyBlocks: "1+1",
      tinyOwn: lastCycle.merging(blocks(1)) { $1 }
        .merging([
          "high-cycles": .integer(2), "low-cycles": .integer(2), "positions": .text("rotary-2d"),
        ]) { $1 })

  /// The gradient as it is cheapest.
  private static let lastCycle: [String: SettingValue] = ["gradient": .text("last-cycle")]

  private static func blocks(_ count: Int) -> [String: SettingValue] {
    ["high-blocks": .integer(count), "low-blocks": .integer(count)]
  }
}
