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

/// Symbol blocks one after another, on states of C channels of symbols after each other.
public struct SymbolStack: SequenceStack {
  private let blocks: [SymbolBlock]
  private let channels: Int

  /// Blocks with initial weights, for states of `channels` channels.
  public init(
    _ name: String, blocks count: Int, channels: Int, _ configuration: BlockConfiguration,
    expansion: Double, initializer: Initializer, computeType: ElementType
  ) {
    self.channels = channels
    blocks = (0..<count).map {
      SymbolBlock(
        "\(name).layers.\($0)", configuration, expansion: expansion, initializer: initializer,
        computeType: computeType)
    }
  }

  public var parameters: [Parameter] { blocks.flatMap(\.parameters) }

  /// x [B, C · S, D] → the same shape.
  public func callAsFunction(
    _ x: Variable, rotary: RotaryTable?, on replica: Replica
  ) -> Variable {
    let (tape, shape) = (replica.tape, x.value.shape)
    let apart = tape.reshaped(x, [shape[0] * channels, shape[1] / channels, shape[2]])
    let result = blocks.reduce(apart) {
      $1($0, symbols: channels, rotary: rotary, on: replica)
    }
    return tape.reshaped(result, shape)
  }

  /// All positions are computed: each block mixes them twice.
  public func first(of x: Variable, rotary: RotaryTable?, on replica: Replica) -> Variable {
    replica.tape.rows(self(x, rotary: rotary, on: replica), at: 0)
  }
}
