import Gym
import NeuralNetworks
import Tensors

/// The direct-prediction baseline (arXiv 2506.21734): a stack as deep as HRM's two modules
/// together, applied once. No recurrence, no carried state, one supervision.
public struct TransformerNetwork: SegmentNetwork {
  public static let id = PluginID("transformer", version: 1)
  public static let summary = "fixed-depth Transformer: predicts the answer in one pass"
  public static let settings = NeuralConfiguration.settings(blocks: 4, loops: false)
  public static let presets = NeuralConfiguration.presets(paper: 8, small: 4, tiny: 2)
  public static let halting = HaltingRule.atOnce

  private let stack: TransformerStack

  public init(
    _ settings: Settings, _ configuration: NeuralConfiguration, initialiser: Initialiser
  ) {
    stack = TransformerStack(
      "stack", blocks: settings.integer("blocks"), configuration.block, initialiser: initialiser,
      computeType: configuration.activationType)
  }

  public var parameters: [Parameter] { stack.parameters }
  public var stateNames: [String] { [] }

  public func segment(
    from states: [Variable], input: Variable, rotary: RotaryTable?, on replica: Replica
  ) -> [Variable] {
    [stack(input, rotary: rotary, on: replica)]
  }

  public func flops(length: Int) -> (all: Double, recorded: Double) {
    let flops = stack.flops(length: length)
    return (flops, flops)
  }
}

/// The fixed-depth Transformer.
public typealias Transformer = NeuralAgent<TransformerNetwork>
