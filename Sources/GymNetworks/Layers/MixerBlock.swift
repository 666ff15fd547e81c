import GymTensors

/// A post-norm block that mixes positions with a SwiGLU over them instead of attention, as in the
/// tiny recursive model (arXiv 2510.04871) and MLP-Mixer (arXiv 2105.01601):
/// xᵀ = rmsNorm(xᵀ + swiGLU(xᵀ)); x = rmsNorm(x + swiGLU(x)). Without biases or gains.
///
/// It works only on sequences of the length that it was made for, and its weights distinguish the
/// positions, so it needs no rotary positions.
public struct MixerBlock: SequenceBlock {
  private let gating: BlockConfiguration.Gating
  private let positionGateUp: Parameter
  private let positionDown: Parameter
  private let gateUp: Parameter
  private let down: Parameter

  /// A block with initial weights for sequences of `length` positions, named as in the released
  /// state dictionary of the tiny recursive model.
  public init(
    _ name: String, length: Int, _ configuration: BlockConfiguration, expansion: Double,
    initializer: Initializer, computeType: ElementType
  ) {
    gating = configuration.gating
    let matrix = MatrixMaker(name, initializer, computeType)
    let (d, m) = (configuration.hidden, configuration.swiGLUWidth)
    let width = BlockConfiguration.swiGLUWidth(of: length, expansion: expansion)
    positionGateUp = matrix("mlp_t.gate_up_proj", 2 * width, length, configuration.gating.layout)
    positionDown = matrix("mlp_t.down_proj", length, width)
    gateUp = matrix("mlp.gate_up_proj", 2 * m, d, configuration.gating.layout)
    down = matrix("mlp.down_proj", d, m)
  }

  public var parameters: [Parameter] { [positionGateUp, positionDown, gateUp, down] }

  /// x [batch, seq, D] → [batch, seq, D]; `rotary` is not used.
  public func callAsFunction(
    _ x: Variable, rotary: RotaryTable?, on replica: Replica
  ) -> Variable {
    let tape = replica.tape
    func mixed(_ x: Variable, _ gateUp: Parameter, _ down: Parameter) -> Variable {
      let inner = tape.gated(x, replica.weight(gateUp), gating)
      return tape.residualNorm(
        x, tape.linear(inner, replica.weight(down)), epsilon: TransformerBlock.epsilon)
    }
    let positions = mixed(tape.transposed(x), positionGateUp, positionDown)
    return mixed(tape.transposed(positions), gateUp, down)
  }
}
