/// A trained matrix or table as an operation sees it.
public struct Weight {
  /// The value, in the type that the operation computes with.
  public let value: Tensor
  /// Where this worker adds the gradient, f32; nil where none is wanted.
  public let gradient: Tensor?

  /// - Precondition: the gradient has the value's shape.
  public init(_ value: Tensor, gradient: Tensor?) {
    precondition(gradient.map { $0.shape == value.shape && $0.type == .float32 } ?? true)
    self.value = value
    self.gradient = gradient
  }
}
