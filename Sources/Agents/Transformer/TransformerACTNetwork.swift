import Gym
import NeuralNetworks

/// The fixed-depth Transformer inside HRM's outer loop: each segment is one pass of the stack over
/// the carried state and the question, with deep supervision and halting by Q-learning.
///
/// Without HRM's inner recurrence, and with all of its outer loop.
public struct TransformerACTNetwork: StackNetwork {
  public static let id = PluginID("transformer-act", version: 1)
  public static let summary = "Transformer in HRM's outer loop: carried state, learned halting"
  public static let settings = NeuralConfiguration.settings(
    blocks: 4, halting: [NeuralConfiguration.qTarget])
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
    halting = .qLearning(settings.choice("q-target"))
  }
}

/// The Transformer with adaptive computation time.
public typealias TransformerACT = NeuralAgent<TransformerACTNetwork>
