import Gym
import NeuralNetworks
import Tensors

/// The fixed-depth Transformer inside HRM's outer loop: each segment is one pass of the stack over
/// the carried state and the question, with deep supervision and halting by Q-learning.
///
/// Without HRM's inner recurrence, and with all of its outer loop.
public struct TransformerACTNetwork: SegmentNetwork {
  public static let id = PluginID("transformer-act", version: 1)
  public static let summary = "Transformer in HRM's outer loop: carried state, learned halting"
  public static let settings = NeuralConfiguration.settings(blocks: 4)
  public static let presets = NeuralConfiguration.presets(paper: 8, small: 4, tiny: 2)
  public static let halting = HaltingRule.qLearning

  private let stack: TransformerStack

  public init(
    _ settings: Settings, _ configuration: NeuralConfiguration, initialiser: Initialiser
  ) {
    stack = TransformerStack(
      "stack", blocks: settings.integer("blocks"), configuration.block, initialiser: initialiser,
      computeType: configuration.activationType)
  }

  public var parameters: [Parameter] { stack.parameters }
  public var stateNames: [String] { ["z_init"] }

  public func segment(
    from states: [Variable], input: Variable, rotary: RotaryTable?, on replica: Replica
  ) -> [Variable] {
    [stack(replica.tape.add(states[0], input), rotary: rotary, on: replica)]
  }

  public func flops(length: Int) -> (all: Double, recorded: Double) {
    let flops = stack.flops(length: length)
    return (flops, flops)
  }
}

/// The Transformer with adaptive computation time.
public typealias TransformerACT = NeuralAgent<TransformerACTNetwork>
