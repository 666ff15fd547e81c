import Randomness
import Tensors

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
