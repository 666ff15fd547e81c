import GymTensors

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
    _ name: String, _ configuration: BlockConfiguration, initializer: Initializer,
    computeType: ElementType
  ) {
    self.configuration = configuration
    let (d, m) = (configuration.hidden, configuration.swiGLUWidth)
    let matrix = MatrixMaker(name, initializer, computeType)
    qkv = matrix("self_attn.qkv_proj", 3 * d, d)
    output = matrix("self_attn.o_proj", d, d)
    gateUp = matrix("mlp.gate_up_proj", 2 * m, d, configuration.gating.layout)
    down = matrix("mlp.down_proj", d, m)
  }

  public var parameters: [Parameter] { [qkv, output, gateUp, down] }

  /// x [batch, seq, D] → [batch, seq, D].
  public func callAsFunction(
    _ x: Variable, rotary: RotaryTable?, on replica: Replica
  ) -> Variable {
    afterAttention(x, attention(x, rotary: rotary, on: replica), on: replica)
  }

  /// The block's output at the first position only: x [batch, seq, D] → [batch, D].
  func first(of x: Variable, rotary: RotaryTable?, on replica: Replica) -> Variable {
    let tape = replica.tape
    let mixed = attention(x, rotary: rotary, on: replica)
    return afterAttention(tape.rows(x, at: 0), tape.rows(mixed, at: 0), on: replica)
  }

  private func attention(
    _ x: Variable, rotary: RotaryTable?, on replica: Replica
  ) -> Variable {
    let tape = replica.tape
    return tape.attention(
      tape.linear(x, replica.weight(qkv)), heads: configuration.heads, rotary: rotary)
  }

  /// The rest of the block, position by position.
  private func afterAttention(
    _ x: Variable, _ mixed: Variable, on replica: Replica
  ) -> Variable {
    let tape = replica.tape
    let attended = tape.residualNorm(
      x, tape.linear(mixed, replica.weight(output)), epsilon: Self.epsilon)
    let inner = tape.gated(attended, replica.weight(gateUp), configuration.gating)
    return tape.residualNorm(
      attended, tape.linear(inner, replica.weight(down)), epsilon: Self.epsilon)
  }
}

/// A sequence of blocks of the same kind: HRM's H or L module.
public struct TransformerStack: Sendable {
  private let blocks: [TransformerBlock]

  /// - Precondition: there is at least one block.
  public init(
    _ name: String, blocks count: Int, _ configuration: BlockConfiguration,
    initializer: Initializer, computeType: ElementType
  ) {
    precondition(count > 0, "a stack needs a block")
    blocks = (0..<count).map {
      TransformerBlock(
        "\(name).layers.\($0)", configuration, initializer: initializer, computeType: computeType)
    }
  }

  /// The blocks' parameters, block by block.
  public var parameters: [Parameter] { blocks.flatMap(\.parameters) }

  /// x [batch, seq, D] → [batch, seq, D].
  public func callAsFunction(
    _ x: Variable, rotary: RotaryTable?, on replica: Replica
  ) -> Variable {
    blocks.reduce(x) { $1($0, rotary: rotary, on: replica) }
  }

  /// The stack's output at the first position only, x [batch, seq, D] → [batch, D]: the last block
  /// skips the other positions.
  public func first(of x: Variable, rotary: RotaryTable?, on replica: Replica) -> Variable {
    let before = blocks.dropLast().reduce(x) { $1($0, rotary: rotary, on: replica) }
    return blocks[blocks.count - 1].first(of: before, rotary: rotary, on: replica)
  }
}
