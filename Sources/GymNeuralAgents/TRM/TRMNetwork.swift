import Gym
import GymJSON
import GymNetworks
import GymTensors

/// The Tiny Recursive Model (arXiv 2510.04871): one network of two blocks improves a latent z from
/// the question x and the answer y, then y from z; again and again.
///
/// A segment is `cycles` times (`latent-updates` times z = net(z + y + x), then y = net(y + z)),
/// with the gradient through the whole last cycle. Only halting is learned, not going on, and an
/// average of the weights answers.
public struct TRMNetwork: SegmentNetwork {
  /// How positions are mixed.
  public enum Mixing: String, Sendable, Hashable, CaseIterable {
    /// Attention over the positions, as in HRM.
    case attention
    /// A SwiGLU over the positions; better on small grids, without need of positions.
    case mlp
  }

  /// The longest sequence with a SwiGLU over its positions, whose weights grow with the square.
  private static let maximumMixed = 4096

  public static let id = PluginID("trm", version: 1)
  public static let summary = "Tiny Recursive Model: one small network refines latent and answer"
  private static let mixing = Setting.choice(
    "mixing", "how positions are mixed", default: Mixing.attention)
  private static let cycles = Setting.schedule(
    "cycles", "cycles per segment (T)", default: 3, in: 1...64)
  private static let latentUpdates = Setting.schedule(
    "latent-updates", "updates of z a cycle (n)", default: 6, in: 1...64)
  public static let settings = NeuralConfiguration.settings(
    blocks: 2, Setting.list(mixing, cycles, latentUpdates), average: 0.999)
  public static let presets =
    NeuralConfiguration.presets(
      paper: 2, small: 2, tiny: 2,
      own: [
        "batch": .integer(768), "learning-rate": .number(1e-4),
        "puzzle-learning-rate": .number(1e-4), "prefix-rows": .integer(16),
      ])
    + NeuralConfiguration.fastPresets(
      for: settings, blocks: "2",
      own: ["cycles": .text("1,2@0.2"), "latent-updates": .text("2,3@0.6")],
      tinyBlocks: "2",
      tinyOwn: [
        "cycles": .integer(2), "latent-updates": .integer(2), "blocks": .integer(2),
        "positions": .text("rotary-2d"),
      ])

  let blocks: [any SequenceBlock]
  let mixing: Mixing
  /// P, the positions in front of the cells.
  let prefixRows: Int
  private let schedules: (cycles: Schedule, latentUpdates: Schedule)
  private(set) var cycles: Int
  private(set) var latentUpdates: Int

  public init(
    _ settings: Settings, _ configuration: NeuralConfiguration, initializer: Initializer
  ) throws {
    let mixing = settings[Self.mixing]
    guard mixing == .attention || configuration.length <= Self.maximumMixed else {
      throw GymError(
        "mixing is mlp with \(configuration.length) positions",
        expected: "at most \(Self.maximumMixed)", remedy: "Set mixing to attention")
    }
    self.mixing = mixing
    prefixRows = configuration.prefixRows
    schedules = (settings[Self.cycles], settings[Self.latentUpdates])
    cycles = schedules.cycles.wholeValue(at: 1)
    latentUpdates = schedules.latentUpdates.wholeValue(at: 1)
    blocks = (0..<settings[NeuralConfiguration.blocks]).map { index in
      let (name, type) = ("L_level.layers.\(index)", configuration.activationType)
      return switch mixing {
      case .attention:
        TransformerBlock(
          name, configuration.block, initializer: initializer, computeType: type)
      case .mlp:
        MixerBlock(
          name, length: configuration.length, configuration.block,
          expansion: configuration.expansion, initializer: initializer, computeType: type)
      }
    }
  }

  public var halting: HaltingRule { .exactness }
  public var parameters: [Parameter] { blocks.flatMap(\.parameters) }
  /// y and z, by their names in the released state dictionary.
  public var stateNames: [StateName] {
    [StateName("z_H", start: "H_init"), StateName("z_L", start: "L_init")]
  }

  public func arranged(at progress: Double) -> TRMNetwork {
    var network = self
    network.cycles = schedules.cycles.wholeValue(at: progress)
    network.latentUpdates = schedules.latentUpdates.wholeValue(at: progress)
    return network
  }

  public func segment(
    from states: [Variable], input: SegmentInput, on replica: Replica
  ) -> Segment {
    let tape = replica.tape
    var (y, z) = (states[0], states[1])
    func network(_ x: Variable) -> Variable {
      blocks.reduce(x) { $1($0, rotary: input.rotary, on: replica) }
    }
    func cycle() {
      for _ in 0..<latentUpdates { z = network(tape.add(z, y, input.question)) }
      y = network(input.places.map { tape.add(y, z, $0) } ?? tape.add(y, z))
    }
    tape.withoutGradient {
      for _ in 1..<cycles { cycle() }
    }
    cycle()
    return Segment(states: [y, z], output: y)
  }
}

/// The Tiny Recursive Model.
public typealias TRM = NeuralAgent<TRMNetwork>

extension TRMNetwork {
  public static func settings(shownBy weights: WeightsFile) -> [String: SettingValue] {
    let isMixed = weights.names.contains { $0.contains(".mlp_t.") }
    var values = weights.blocks(of: "L_level")
    values["mixing"] = .text((isMixed ? Mixing.mlp : .attention).rawValue)
    return values
  }

  public var released: ReleasedArrangement? {
    ReleasedArrangement(
      members: [
        "H_cycles": JSON(cycles), "L_cycles": JSON(latentUpdates),
        "H_layers": 0, "L_layers": JSON(blocks.count),
        "mlp_t": .bool(mixing == .mlp), "puzzle_emb_len": JSON(prefixRows),
        "no_ACT_continue": true,
      ], differences: [])
  }
}
