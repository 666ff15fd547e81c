/// A trained matrix or table, as operations use it.
public struct Weight: Sendable {
  /// The value, in the type that the operation computes with.
  public let value: Tensor
  /// The tensor to which this worker adds the gradient, f32; nil if no gradient is needed.
  public let gradient: Tensor?
  /// A packed copy for products, if there is one.
  public let packed: PackedMatrix?

  /// - Precondition: the gradient has the value's shape, and the packed copy its shape and type.
  public init(_ value: Tensor, gradient: Tensor? = nil, packed: PackedMatrix? = nil) {
    precondition(gradient.map { $0.shape == value.shape && $0.type == .float32 } ?? true)
    precondition(packed.map { $0.shape == value.shape && $0.type == value.type } ?? true)
    self.value = value
    self.gradient = gradient
    self.packed = packed
  }
}
