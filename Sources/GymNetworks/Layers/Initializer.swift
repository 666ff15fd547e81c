import GymRandomness
import GymTensors

/// Draws initial weights.
public struct Initializer: Sendable {
  private let key: RandomKey

  /// An initializer; each parameter draws from its own stream, selected by name.
  public init(seed: UInt64) {
    key = RandomKey(seed: seed, "initial weights")
  }

  /// The standard deviation of a standard normal truncated at ±2.
  private static let cutDeviation = 0.879_625_661_034_239_8

  /// A normal distribution truncated at two standard deviations, and scaled so that its own
  /// standard deviation is `deviation`.
  public func truncatedNormal(_ name: String, _ shape: Shape, deviation: Double) -> Tensor {
    var random = RandomStream(key: key.deriving(name), stream: 0)
    let values = (0..<shape.count).map { _ -> Float in
      var value = random.normal()
      while abs(value) > 2 { value = random.normal() }
      return Float(value / Self.cutDeviation * deviation)
    }
    return Tensor(values, shape: shape)
  }

  /// A matrix [out, in] with standard deviation 1/sqrt(in): LeCun initialization, truncated.
  public func lecun(_ name: String, _ outputs: Int, _ inputs: Int) -> Tensor {
    truncatedNormal(name, [outputs, inputs], deviation: 1 / Double(inputs).squareRoot())
  }
}

/// Makes the matrices of a block, with names that start with the block's.
struct MatrixMaker {
  private let block: String
  private let initializer: Initializer
  private let computeType: ElementType

  init(_ block: String, _ initializer: Initializer, _ computeType: ElementType) {
    (self.block, self.initializer, self.computeType) = (block, initializer, computeType)
  }

  /// A matrix [outputs, inputs] with initial weights.
  func callAsFunction(
    _ part: String, _ outputs: Int, _ inputs: Int, _ layout: PackedMatrix.Layout = .plain
  ) -> Parameter {
    let name = "\(block).\(part).weight"
    return Parameter(
      name, initializer.lecun(name, outputs, inputs), computeType: computeType, layout: layout)
  }
}
