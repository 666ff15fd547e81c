import GymTensors

/// A residual block of two 3×3 convolutions with ReLU between them, without biases.
public struct ConvolutionBlock: Sendable {
  /// The operation after the sum of a block's input and its convolutions.
  public enum Ending: String, Sendable, Hashable, CaseIterable {
    /// rmsNorm, which keeps the size of the numbers over any number of iterations.
    case norm
    /// ReLU, as published (arXiv 2202.05826).
    case relu
  }

  private let first: Parameter
  private let second: Parameter
  private let ending: Ending

  /// A block of D channels with initial weights.
  public init(
    _ name: String, hidden: Int, _ ending: Ending, initializer: Initializer,
    computeType: ElementType
  ) {
    let matrix = MatrixMaker(name, initializer, computeType)
    self.ending = ending
    first = matrix("conv1", hidden, 9 * hidden)
    second = matrix("conv2", hidden, 9 * hidden)
  }

  /// Both convolutions' matrices.
  public var parameters: [Parameter] { [first, second] }

  /// x [batch, cells, D] → the same shape.
  public func callAsFunction(_ x: Variable, columns: Int, on replica: Replica) -> Variable {
    let tape = replica.tape
    let inner = tape.relu(tape.convolution(x, replica.weight(first), columns: columns))
    let change = tape.convolution(inner, replica.weight(second), columns: columns)
    return switch ending {
    case .norm: tape.residualNorm(x, change, epsilon: TransformerBlock.epsilon)
    case .relu: tape.relu(tape.add(x, change))
    }
  }
}
