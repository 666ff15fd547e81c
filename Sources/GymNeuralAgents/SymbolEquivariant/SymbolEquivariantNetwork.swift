import Gym
import GymNetworks
import GymTensors

/// The Symbol-Equivariant Recurrent Reasoning Model (arXiv 2603.02193): TRM's recursion on states
/// with an axis of symbols, over which all weights are shared.
///
/// Attention goes over the positions and over the symbols in turn, so that a rule is learned once
/// and not once per symbol. Renaming the symbols of a question renames those of the answer. A
/// segment is `cycles` times `updates` times z = net(z + x), with the gradient through the whole
/// last cycle. The gym's version adds a channel for what all symbols share, in which the halting
/// head reads (see `SymbolAxis`); for a task without exchangeable tokens, it is the only one.
public struct SymbolEquivariantNetwork: SegmentNetwork {
  /// Which states are carried.
  public enum Recursion: String, Sendable, Hashable, CaseIterable {
    /// One, as published: z = net(z + x).
    case oneState = "one-state"
    /// TRM's two: `updates` times z = net(z + y + x), then y = net(y + z).
    case twoStates = "two-states"
  }

  public static let id = PluginID("symbol-equivariant", version: 1)
  public static let summary =
    "Recursion with an axis of symbols: what holds for one digit or color holds for all"
  private static let recursion = Setting.choice(
    "recursion", "which states are carried", default: Recursion.oneState)
  private static let cycles = Setting.schedule(
    "cycles", "cycles per segment", default: 3, in: 1...64)
  private static let updates = Setting.schedule(
    "updates", "updates of z a cycle", default: 4, in: 1...64)
  public static let settings = NeuralConfiguration.settings(
    blocks: 2, Setting.list(recursion, cycles, updates), average: 0.999, puzzleWidth: 0)
  public static let presets =
    [
      Preset(
        "paper", "the published size: D 256, 2 blocks, 2M parameters",
        NeuralConfiguration.published.merging([
          "hidden": .integer(256), "heads": .integer(4), "positions": .text("rotary-2d"),
          "puzzle-width": .integer(0),
        ]) { $1 }),
      Preset("small", "D 64, 2 blocks: trains on a plain processor", small),
      Preset(
        "tiny", "D 32, 1 block: for trying things out",
        small.merging([
          "hidden": .integer(32), "heads": .integer(1), "blocks": .integer(1),
          "cycles": .integer(2), "updates": .integer(2),
        ]) { $1 }),
    ]
    + NeuralConfiguration.fastPresets(
      for: settings, hidden: 64, blocks: "2",
      own: NeuralConfiguration.fastSymbols.merging([
        "cycles": .text("1,2@0.2"), "updates": .integer(3),
      ]) { $1 },
      tinyHidden: 32, tinyBlocks: "2",
      tinyOwn: small.merging([
        "hidden": .integer(32), "heads": .integer(1), "prefix-rows": .integer(0),
        "cycles": .integer(2), "updates": .integer(2),
      ]) { $1 })
  public static func hasSymbolAxis(_ settings: Settings) -> Bool { true }

  /// The sizes that fit a processor: an axis of symbols makes ten times as many rows.
  private static let small: [String: SettingValue] = [
    "hidden": .integer(64), "heads": .integer(2), "expansion": .number(3),
    "blocks": .integer(2), "puzzle-width": .integer(0),
  ]

  private let network: SymbolStack
  private let recursion: Recursion
  private let schedules: (cycles: Schedule, updates: Schedule)
  private var cycles: Int
  private var updates: Int

  public init(
    _ settings: Settings, _ configuration: NeuralConfiguration, initializer: Initializer
  ) {
    recursion = settings[Self.recursion]
    schedules = (settings[Self.cycles], settings[Self.updates])
    cycles = schedules.cycles.wholeValue(at: 1)
    updates = schedules.updates.wholeValue(at: 1)
    network = SymbolStack(
      "L_level", blocks: settings[NeuralConfiguration.blocks], channels: configuration.channels,
      configuration.block, expansion: configuration.expansion, initializer: initializer,
      computeType: configuration.activationType)
  }

  public var halting: HaltingRule { .exactness }
  public var parameters: [Parameter] { network.parameters }
  public var stateNames: [StateName] {
    switch recursion {
    case .oneState: [StateName("z", start: "Z_init")]
    case .twoStates: [StateName("z_H", start: "H_init"), StateName("z_L", start: "L_init")]
    }
  }

  public func arranged(at progress: Double) -> SymbolEquivariantNetwork {
    var network = self
    network.cycles = schedules.cycles.wholeValue(at: progress)
    network.updates = schedules.updates.wholeValue(at: progress)
    return network
  }

  public func segment(
    from states: [Variable], input: SegmentInput, on replica: Replica
  ) -> Segment {
    let tape = replica.tape
    var states = states
    tape.withoutGradient {
      for _ in 1..<cycles { cycle(&states, input, on: replica) }
    }
    cycle(&states, input, on: replica)
    return Segment(states: states, output: states[0])
  }

  private func cycle(_ states: inout [Variable], _ input: SegmentInput, on replica: Replica) {
    let tape = replica.tape
    let last = states.count - 1
    for _ in 0..<updates {
      states[last] = network(
        last == 0
          ? tape.add(states[0], input.question) : tape.add(states[1], states[0], input.question),
        rotary: input.rotary, on: replica)
    }
    guard last > 0 else { return }
    states[0] = network(
      input.places.map { tape.add(states[0], states[1], $0) } ?? tape.add(states[0], states[1]),
      rotary: input.rotary, on: replica)
  }
}

/// The Symbol-Equivariant Recurrent Reasoning Model.
public typealias SymbolEquivariant = NeuralAgent<SymbolEquivariantNetwork>

extension SymbolEquivariantNetwork {
  public static func settings(shownBy weights: WeightsFile) -> [String: SettingValue] {
    let states = weights.shape(of: "Z_init") == nil ? Recursion.twoStates : .oneState
    var values = weights.blocks(of: "L_level")
    values["recursion"] = .text(states.rawValue)
    return values
  }
}
