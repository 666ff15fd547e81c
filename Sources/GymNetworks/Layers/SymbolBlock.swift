import GymTensors

/// A post-norm block on cells with an axis of symbols (arXiv 2603.02193):
/// x = rmsNorm(x + attention over the positions of each symbol);
/// x = rmsNorm(x + attention over the symbols at each position); x = rmsNorm(x + swiGLU(x)).
///
/// Its weights do not tell symbols apart, so that it commutes with their permutations.
public struct SymbolBlock: Sendable {
  private let configuration: BlockConfiguration
  private let positions: Mixing
  private let symbols: Mixing
  private let gateUp: Parameter
  private let down: Parameter

  /// The matrices of an attention.
  private struct Mixing: Sendable {
    let qkv: Parameter
    let output: Parameter
  }

  /// A block with initial weights, named as in the released state dictionary. The width of its
  /// SwiGLU is a multiple of the hidden size.
  public init(
    _ name: String, _ configuration: BlockConfiguration, expansion: Double,
    initializer: Initializer, computeType: ElementType
  ) {
    self.configuration = configuration
    let d = configuration.hidden
    let m = BlockConfiguration.swiGLUWidth(of: d, expansion: expansion, multipleOf: d)
    let matrix = MatrixMaker(name, initializer, computeType)
    func mixing(_ name: String) -> Mixing {
      Mixing(
        qkv: matrix("\(name).qkv_proj", 3 * d, d), output: matrix("\(name).o_proj", d, d))
    }
    positions = mixing("attn")
    symbols = mixing("attn_t")
    gateUp = matrix("mlp.gate_up_proj", 2 * m, d, configuration.gating.layout)
    down = matrix("mlp.down_proj", d, m)
  }

  /// The matrices of both attentions and of the SwiGLU.
  public var parameters: [Parameter] {
    [positions.qkv, positions.output, symbols.qkv, symbols.output, gateUp, down]
  }

  /// x [batch · symbols, positions, D] → the same shape.
  ///
  /// - Parameters:
  ///   - count: the number of symbols.
  ///   - rotary: the positions' rotation; symbols have no order.
  public func callAsFunction(
    _ x: Variable, symbols count: Int, rotary: RotaryTable?, on replica: Replica
  ) -> Variable {
    let tape = replica.tape
    func mixed(_ x: Variable, _ by: Mixing, _ rotary: RotaryTable?) -> Variable {
      let mixed = tape.attention(
        tape.linear(x, replica.weight(by.qkv)), heads: configuration.heads, rotary: rotary)
      return tape.residualNorm(
        x, tape.linear(mixed, replica.weight(by.output)), epsilon: TransformerBlock.epsilon)
    }
    let length = x.value.shape[1]
    let placed = tape.exchanged(mixed(x, positions, rotary), outer: count)
    let named = mixed(placed, symbols, nil)
    let inner = tape.gated(named, replica.weight(gateUp), configuration.gating)
    let result = tape.residualNorm(
      named, tape.linear(inner, replica.weight(down)), epsilon: TransformerBlock.epsilon)
    return tape.exchanged(result, outer: length)
  }
}
