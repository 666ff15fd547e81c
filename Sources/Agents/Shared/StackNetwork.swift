import Gym
import NeuralNetworks
import Tensors

/// A network whose segment is one fully recorded pass of one stack over the question and the
/// carried states.
public protocol StackNetwork: SegmentNetwork {
  /// The stack, x [B, S, D] → [B, S, D].
  var stack: TransformerStack { get }
}

extension StackNetwork {
  /// The stack that settings define, with initial weights.
  static func stack(
    _ settings: Settings, _ configuration: NeuralConfiguration, _ initializer: Initializer
  ) -> TransformerStack {
    TransformerStack(
      "stack", blocks: settings.integer("blocks"), configuration.block, initializer: initializer,
      computeType: configuration.activationType)
  }

  public var parameters: [Parameter] { stack.parameters }

  public static func settings(shownBy weights: WeightsFile) -> [String: SettingValue] {
    ["blocks": .integer(weights.layers(of: "stack"))]
  }

  public func segment(
    from states: [Variable], input: SegmentInput, on replica: Replica
  ) -> Segment {
    let output = stack(
      states.reduce(input.question, replica.tape.add), rotary: input.rotary, on: replica)
    return Segment(states: stateNames.isEmpty ? [] : [output], output: output)
  }

  public func firstOutput(
    from states: [Variable], input: SegmentInput, on replica: Replica
  ) -> Variable {
    stack.first(
      of: states.reduce(input.question, replica.tape.add), rotary: input.rotary, on: replica)
  }

  public func flops(length: Int) -> SegmentFlops {
    SegmentFlops(
      forward: stack.flops(length: length), sparedByFirst: stack.sparedFlops(length: length))
  }
}
