import Tensors

/// A post-norm block without biases or gains:
/// x = rmsNorm(x + attention(x)); x = rmsNorm(x + swiGLU(x)).
public struct TransformerBlock: Sendable {
  /// The epsilon of rmsNorm.
  public static let epsilon: Float = 1e-5

  private let configuration: BlockConfiguration
  private let qkv: Parameter
  private let output: Parameter
  private let gateUp: Parameter
  private let down: Parameter

  /// A block with initial weights, named as in the released state dictionary.
  public init(
    _ name: String, _ configuration: BlockConfiguration, initialiser: Initialiser,
    computeType: ElementType
  ) {
    self.configuration = configuration
    let (d, m) = (configuration.hidden, configuration.swiGLUWidth)
    func matrix(_ part: String, _ outputs: Int, _ inputs: Int) -> Parameter {
      let name = "\(name).\(part).weight"
      return Parameter(
        name, initialiser.lecun(name, outputs, inputs), computeType: computeType)
    }
    qkv = matrix("self_attn.qkv_proj", 3 * d, d)
    output = matrix("self_attn.o_proj", d, d)
    gateUp = matrix("mlp.gate_up_proj", 2 * m, d)
    down = matrix("mlp.down_proj", d, m)
  }

  public var parameters: [Parameter] { [qkv, output, gateUp, down] }

  /// x [batch, seq, D] → [batch, seq, D].
  public func callAsFunction(
    _ x: Variable, rotary: RotaryTable?, on replica: Replica
  ) -> Variable {
    let tape = replica.tape
    let mixed = tape.attention(
      tape.linear(x, replica.weight(qkv)), heads: configuration.heads, rotary: rotary)
    let attended = tape.residualNorm(
      x, tape.linear(mixed, replica.weight(output)), epsilon: Self.epsilon)
    let inner = tape.swiGLU(tape.linear(attended, replica.weight(gateUp)))
    return tape.residualNorm(
      attended, tape.linear(inner, replica.weight(down)), epsilon: Self.epsilon)
  }

  /// The floating-point operations of one sequence's forward pass, counted from the shapes:
  /// two for each multiplication with addition of the matrix products.
  public func flops(length: Int) -> Double {
    let matrices = parameters.reduce(0) { $0 + $1.value.count }
    return 2 * Double(length) * Double(matrices)
      + 4 * Double(length) * Double(length) * Double(configuration.hidden)
  }
}
