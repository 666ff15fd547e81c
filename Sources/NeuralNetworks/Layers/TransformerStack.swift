import Tensors

/// Blocks of one kind, one after another: HRM's H or L module.
public struct TransformerStack: Sendable {
  private let blocks: [TransformerBlock]

  /// - Precondition: there is at least one block.
  public init(
    _ name: String, blocks count: Int, _ configuration: BlockConfiguration,
    initialiser: Initialiser, computeType: ElementType
  ) {
    precondition(count > 0, "a stack needs a block")
    blocks = (0..<count).map {
      TransformerBlock(
        "\(name).layers.\($0)", configuration, initialiser: initialiser, computeType: computeType)
    }
  }

  /// The blocks' parameters, block after block.
  public var parameters: [Parameter] { blocks.flatMap(\.parameters) }

  /// x [batch, seq, D] → [batch, seq, D].
  public func callAsFunction(
    _ x: Variable, rotary: RotaryTable?, on replica: Replica
  ) -> Variable {
    blocks.reduce(x) { $1($0, rotary: rotary, on: replica) }
  }

  /// What the stack gives at the first position alone, x [batch, seq, D] → [batch, D]: the last
  /// block need not look at the others.
  public func first(of x: Variable, rotary: RotaryTable?, on replica: Replica) -> Variable {
    let before = blocks.dropLast().reduce(x) { $1($0, rotary: rotary, on: replica) }
    return blocks[blocks.count - 1].first(of: before, rotary: rotary, on: replica)
  }

  /// The floating-point operations of one sequence's forward pass.
  public func flops(length: Int) -> Double {
    blocks.reduce(0) { $0 + $1.flops(length: length) }
  }

  /// What of these `first` spares.
  public func sparedFlops(length: Int) -> Double {
    let last = blocks[blocks.count - 1]
    return last.flops(length: length) - last.firstFlops(length: length)
  }
}
