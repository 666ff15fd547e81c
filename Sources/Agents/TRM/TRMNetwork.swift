import Gym
import NeuralNetworks
import Tensors

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
  private static let longestMixed = 4096

  public static let id = PluginID("trm", version: 1)
  public static let summary = "Tiny Recursive Model: one small network refines latent and answer"
  public static let settings = NeuralConfiguration.settings(
    blocks: 2,
    [
      .choice("mixing", "how positions are mixed", default: Mixing.attention),
      .integer("cycles", "cycles a segment (T)", default: 3, in: 1...64),
      .integer("latent-updates", "updates of z a cycle (n)", default: 6, in: 1...64),
      .integer(
        "prefix-rows", "fewest positions in front of the cells", default: 0, in: 0...1024),
    ], average: 0.999)
  public static let presets = NeuralConfiguration.presets(
    paper: 2, small: 2, tiny: 2,
    own: [
      "batch": .integer(768), "learning-rate": .number(1e-4),
      "puzzle-learning-rate": .number(1e-4), "prefix-rows": .integer(16),
    ])

  private let blocks: [any SequenceBlock]
  private let cycles: Int
  private let latentUpdates: Int

  public init(
    _ settings: Settings, _ configuration: NeuralConfiguration, initialiser: Initialiser
  ) throws {
    let mixing: Mixing = settings.choice("mixing")
    guard mixing == .attention || configuration.length <= Self.longestMixed else {
      throw GymError(
        "mixing is mlp with \(configuration.length) positions",
        expected: "at most \(Self.longestMixed)", remedy: "Set mixing to attention")
    }
    cycles = settings.integer("cycles")
    latentUpdates = settings.integer("latent-updates")
    blocks = (0..<settings.integer("blocks")).map { index in
      let (name, type) = ("L_level.layers.\(index)", configuration.activationType)
      return switch mixing {
      case .attention:
        TransformerBlock(
          name, configuration.block, initialiser: initialiser, computeType: type)
      case .mlp:
        MixerBlock(
          name, length: configuration.length, configuration.block,
          expansion: configuration.expansion, initialiser: initialiser, computeType: type)
      }
    }
  }

  public var halting: HaltingRule { .exactness }
  public var parameters: [Parameter] { blocks.flatMap(\.parameters) }
  /// y and z, by their names in the released state dictionary.
  public var stateNames: [StateName] {
    [StateName("z_H", start: "H_init"), StateName("z_L", start: "L_init")]
  }

  public func segment(
    from states: [Variable], input: Variable, rotary: RotaryTable?, on replica: Replica
  ) -> Segment {
    let tape = replica.tape
    var (y, z) = (states[0], states[1])
    func network(_ x: Variable) -> Variable {
      blocks.reduce(x) { $1($0, rotary: rotary, on: replica) }
    }
    func cycle() {
      for _ in 0..<latentUpdates { z = network(tape.add(z, y, input)) }
      y = network(tape.add(y, z))
    }
    tape.withoutGradient {
      for _ in 1..<cycles { cycle() }
    }
    cycle()
    return Segment(states: [y, z], output: y)
  }

  public func flops(length: Int) -> SegmentFlops {
    let cycle = Double(latentUpdates + 1) * blocks.reduce(0) { $0 + $1.flops(length: length) }
    return SegmentFlops(forward: Double(cycles) * cycle, recorded: cycle)
  }
}

/// The Tiny Recursive Model.
public typealias TRM = NeuralAgent<TRMNetwork>
