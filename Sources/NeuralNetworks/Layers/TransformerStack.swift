import Tensors

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

  /// The floating-point operations of one sequence's forward pass.
  public func flops(length: Int) -> Double {
    blocks.reduce(0) { $0 + $1.flops(length: length) }
  }

  /// The operations that `first` saves.
  public func sparedFlops(length: Int) -> Double {
    let last = blocks[blocks.count - 1]
    return last.flops(length: length) - last.firstFlops(length: length)
  }
}
