/// A trained matrix or table as an operation sees it.
public struct Weight: Sendable {
  /// The value, in the type that the operation computes with.
  public let value: Tensor
  /// Where this worker adds the gradient, f32; nil if none is wanted.
  public let gradient: Tensor?
  /// The value as the processor's products read it best, if somebody keeps that.
  public let packed: PackedMatrix?

  /// - Precondition: the gradient has the value's shape, and what is packed its shape and type.
  public init(_ value: Tensor, gradient: Tensor? = nil, packed: PackedMatrix? = nil) {
    precondition(gradient.map { $0.shape == value.shape && $0.type == .float32 } ?? true)
    precondition(packed.map { $0.shape == value.shape && $0.type == value.type } ?? true)
    self.value = value
    self.gradient = gradient
    self.packed = packed
  }
}
