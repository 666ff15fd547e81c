import Gym
import GymJSON
import GymNetworks
import GymTensors

/// The Hierarchical Reasoning Model (arXiv 2506.21734) as the released implementation trains it:
/// two modules at two rates, one-step gradient, deep supervision with carried states, and adaptive
/// computation with Q-learning.
///
/// A segment is N high cycles of T low cycles each: T times z_L = L(z_L + z_H + x̃), then
/// z_H = H(z_H + z_L). The heads read z_H.
public struct HRMNetwork: SegmentNetwork {
  public static let id = PluginID("hrm", version: 1)
  public static let summary =
    "Hierarchical Reasoning Model: two recurrent modules, halting learned by Q-learning"
  public static let settings = HRMConfiguration.settings
  public static let presets = HRMConfiguration.presets

  var configuration: HRMConfiguration
  /// H and L; nil if an ablation leaves one out.
  let high: (any SequenceStack)?
  let low: (any SequenceStack)?
  /// The memory of earlier segments, if H has one.
  let memory: SegmentMemory?

  public init(
    _ settings: Settings, _ configuration: NeuralConfiguration, initializer: Initializer
  ) throws {
    let own = HRMConfiguration(settings)
    try own.check(segments: configuration.segments)
    func stack(_ name: String, _ blocks: Int) -> any SequenceStack {
      guard !own.hasSymbolAxis else {
        return SymbolStack(
          name, blocks: blocks, channels: configuration.channels, configuration.block,
          expansion: configuration.expansion, initializer: initializer,
          computeType: configuration.activationType)
      }
      return TransformerStack(
        name, blocks: blocks, configuration.block, initializer: initializer,
        computeType: configuration.activationType)
    }
    self.configuration = own
    high = own.ablation == .noHigh ? nil : stack("H_level", own.highBlocks)
    low = own.ablation == .noLow ? nil : stack("L_level", own.lowBlocks)
    memory =
      own.memory == 0
      ? nil : try SegmentMemory(rows: own.memory, configuration, initializer: initializer)
  }

  public static func hasSymbolAxis(_ settings: Settings) -> Bool {
    settings[HRMConfiguration.symbolAxis]
  }

  /// 1 segment without the outer loop.
  public static func segments(_ settings: Settings) -> Schedule {
    HRMConfiguration(settings).ablation == .noOuterLoop
      ? Schedule(1) : settings[NeuralConfiguration.maxSegments]
  }

  public func arranged(at progress: Double) -> HRMNetwork {
    var network = self
    network.configuration = configuration.arranged(at: progress)
    return network
  }

  public var halting: HaltingRule { configuration.halting }
  public var parameters: [Parameter] {
    [high, low].flatMap { $0?.parameters ?? [] } + (memory?.parameters ?? [])
  }
  /// z_H and z_L, even if an ablation leaves out the module of one, and the memory if there is one.
  public var stateNames: [StateName] {
    [
      StateName("z_H", start: "H_init", carried: "high"),
      StateName("z_L", start: "L_init", carried: "low"),
    ] + (memory == nil ? [] : [SegmentMemory.state])
  }

  public func segment(
    from states: [Variable], input: SegmentInput, on replica: Replica
  ) -> Segment {
    let tape = replica.tape
    let (updates, recorded) = (configuration.updates, configuration.recordedUpdates)
    let (kept, recalled) = recalled(states, on: replica)
    var states = Array(states.prefix(2))
    func update(_ module: HRMConfiguration.Module) {
      states = updated(states, by: module, input: input, recalled, on: replica)
    }
    func carried() -> [Variable] { states + written(states, after: kept, on: replica) }
    tape.withoutGradient { updates.dropLast(recorded).forEach(update) }
    guard tape.isRecording, case .implicit(let terms) = configuration.gradient, terms > 1 else {
      updates.suffix(recorded).forEach(update)
      return Segment(states: carried(), output: states[outputState])
    }
    let starts = states.map { tape.leaf($0.value) }
    states = starts
    updates.suffix(recorded).forEach(update)
    return Segment(
      states: carried(), output: states[outputState], recordedFrom: starts, terms: terms)
  }

  /// The memory among the states, and what H gets of it.
  private func recalled(
    _ states: [Variable], on replica: Replica
  ) -> (kept: Variable?, read: Variable?) {
    guard let memory, states.count > 2 else { return (nil, nil) }
    return (states[2], memory.read(states[2], on: replica))
  }

  /// The memory after a segment, if there is one.
  private func written(
    _ states: [Variable], after kept: Variable?, on replica: Replica
  ) -> [Variable] {
    guard let memory, let kept else { return [] }
    return [memory.written(states[0], after: kept, on: replica)]
  }

  /// All updates, the last one only for the first position.
  public func firstOutput(
    from states: [Variable], input: SegmentInput, on replica: Replica
  ) -> Variable {
    let updates = configuration.updates
    let (_, recalled) = recalled(states, on: replica)
    let before = updates.dropLast().reduce(states) {
      updated($0, by: $1, input: input, recalled, on: replica)
    }
    return outputModule.first(
      of: injected(
        before, into: updates[updates.count - 1], input: input, recalled, on: replica.tape),
      rotary: input.rotary, on: replica)
  }

  /// The updates of L and H.
  public var steps: [[Int]] { configuration.updates.map { [$0.state] } }

  /// One update. After one of L, the heads read the result of one more call of H, which is then
  /// discarded (arXiv 2506.21734, "Visualization of intermediate timesteps").
  public func step(
    _ index: Int, from states: [Variable], input: SegmentInput,
    on replica: Replica
  ) -> Segment {
    let (kept, recalled) = recalled(states, on: replica)
    func update(_ states: [Variable], _ module: HRMConfiguration.Module) -> [Variable] {
      updated(states, by: module, input: input, recalled, on: replica)
    }
    let module = configuration.updates[index]
    var states = update(states, module)
    let read = module == .low && high != nil ? update(states, .high) : states
    if index == configuration.updates.count - 1 {
      states = Array(states.prefix(2)) + written(states, after: kept, on: replica)
    }
    return Segment(states: states, output: read[outputState])
  }

  public var outputState: Int { high == nil ? 1 : 0 }

  /// The module whose state the heads read; each segment ends with it.
  var outputModule: any SequenceStack { module(high == nil ? .low : .high) }

  /// - Precondition: the ablation does not leave out the module.
  private func module(_ module: HRMConfiguration.Module) -> any SequenceStack {
    guard let stack = module == .high ? high : low else {
      preconditionFailure("an update of a module that the ablation leaves out")
    }
    return stack
  }

  /// The input of a module: its own state plus the other's, or plus the question if the other
  /// module is left out; L always reads the question. H also reads the positions if they are added
  /// to every update, and what it recalls of earlier segments.
  private func injected(
    _ states: [Variable], into module: HRMConfiguration.Module, input: SegmentInput,
    _ recalled: Variable?, on tape: Tape
  ) -> Variable {
    let zL = states[1]
    let zH =
      module == .high ? recalled.map { tape.add(states[0], $0) } ?? states[0] : states[0]
    switch module {
    case .high:
      if low == nil { return tape.add(zH, input.question) }
      return input.places.map { tape.add(zH, zL, $0) } ?? tape.add(zH, zL)
    case .low:
      return high == nil ? tape.add(zL, input.question) : tape.add(zL, zH, input.question)
    }
  }

  /// The states after one update.
  private func updated(
    _ states: [Variable], by module: HRMConfiguration.Module, input: SegmentInput,
    _ recalled: Variable?, on replica: Replica
  ) -> [Variable] {
    var states = states
    let stack = self.module(module)
    states[module.state] = stack(
      injected(states, into: module, input: input, recalled, on: replica.tape),
      rotary: input.rotary, on: replica)
    return states
  }
}

/// The Hierarchical Reasoning Model.
public typealias HRM = NeuralAgent<HRMNetwork>

extension HRMNetwork {
  public static func settings(shownBy weights: WeightsFile) -> [String: SettingValue] {
    let (high, low) = (weights.layers(of: "H_level"), weights.layers(of: "L_level"))
    var values = weights.blocks(of: "H_level", as: "high-blocks")
      .merging(weights.blocks(of: "L_level", as: "low-blocks")) { $1 }
    switch (high, low) {
    case (0, 1...): values["ablation"] = .text(HRMConfiguration.Ablation.noHigh.rawValue)
    case (1..., 0): values["ablation"] = .text(HRMConfiguration.Ablation.noLow.rawValue)
    default: break
    }
    values["symbol-axis"] = .flag(weights.hasSymbolAxis)
    if weights.shape(of: "memory.weight") == nil { values["memory"] = .integer(0) }
    return values
  }

  public var released: ReleasedArrangement? {
    var differences: [String] = []
    if configuration.ablation != .none {
      differences.append("ablation=\(configuration.ablation.rawValue)")
    }
    if configuration.hasSymbolAxis { differences.append("symbol-axis=true") }
    if configuration.memory > 0 { differences.append("memory=\(configuration.memory)") }
    return ReleasedArrangement(
      members: [
        "H_cycles": JSON(configuration.highCycles),
        "L_cycles": JSON(configuration.lowCycles),
        "H_layers": JSON(configuration.highBlocks),
        "L_layers": JSON(configuration.lowBlocks),
      ], differences: differences)
  }
}
