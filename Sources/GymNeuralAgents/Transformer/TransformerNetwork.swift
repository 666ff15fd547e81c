import Gym
import GymNetworks

/// The direct-prediction baseline (arXiv 2506.21734): a stack as deep as HRM's two modules
/// together, applied once. No recurrence, no carried state, one supervision.
public struct TransformerNetwork: StackNetwork {
  public static let id = PluginID("transformer", version: 1)
  public static let summary = "fixed-depth Transformer: predicts the answer in one pass"
  public static let settings = NeuralConfiguration.settings(blocks: 4, loops: false)
  public static let presets =
    NeuralConfiguration.presets(paper: 8, small: 4, tiny: 2)
    + NeuralConfiguration.fastPresets(
      for: settings, blocks: "4", tinyBlocks: "2",
      tinyOwn: ["blocks": .integer(2), "positions": .text("learned")])

  public let stack: TransformerStack
  public var halting: HaltingRule { .atOnce }
  public var stateNames: [StateName] { [] }

  public init(
    _ settings: Settings, _ configuration: NeuralConfiguration, initializer: Initializer
  ) {
    stack = Self.stack(settings, configuration, initializer)
  }
}

/// The fixed-depth Transformer.
public typealias Transformer = NeuralAgent<TransformerNetwork>

/// The fixed-depth Transformer inside HRM's outer loop: each segment is one pass of the stack over
/// the carried state and the question, with deep supervision and HRM's rules of halting.
///
/// Without HRM's inner recurrence, and with all of its outer loop.
public struct TransformerACTNetwork: StackNetwork {
  public static let id = PluginID("transformer-act", version: 1)
  public static let summary = "Transformer in HRM's outer loop: carried state, learned halting"
  public static let settings = NeuralConfiguration.settings(
    blocks: 4, halting: NeuralConfiguration.halts)
  public static let presets =
    NeuralConfiguration.presets(paper: 8, small: 4, tiny: 2)
    + NeuralConfiguration.fastPresets(
      for: settings, blocks: "4", tinyBlocks: "2", tinyOwn: ["blocks": .integer(2)])

  public let stack: TransformerStack
  public let halting: HaltingRule
  public var stateNames: [StateName] { [StateName("z", start: "z_init")] }

  public init(
    _ settings: Settings, _ configuration: NeuralConfiguration, initializer: Initializer
  ) {
    stack = Self.stack(settings, configuration, initializer)
    halting = HaltingRule(settings)
  }
}

/// The Transformer with adaptive computation time.
public typealias TransformerACT = NeuralAgent<TransformerACTNetwork>
