import Tensors

/// A block that mixes the positions of a sequence, then the values within each position.
public protocol SequenceBlock: Sendable {
  /// The trained parameters.
  var parameters: [Parameter] { get }

  /// x [batch, seq, D] → [batch, seq, D].
  func callAsFunction(_ x: Variable, rotary: RotaryTable?, on replica: Replica) -> Variable

  /// The floating-point operations of one sequence's forward pass, counted from the shapes.
  func flops(length: Int) -> Double
}

extension TransformerBlock: SequenceBlock {}
