import Tensors

/// A trained tensor: its value in f32, and a copy in the type that products compute with.
public final class Parameter: Sendable {
  /// The name in checkpoints.
  public let name: String
  /// The value, f32.
  public let value: Tensor
  /// The value in the activation type; the same memory where that is f32.
  let compute: Tensor

  /// - Parameter computeType: the type that products read; f32 for tables and vectors.
  public init(_ name: String, _ value: Tensor, computeType: ElementType = .float32) {
    precondition(value.type == .float32, "\(name): parameters are kept in f32")
    self.name = name
    self.value = value
    compute = computeType == .float32 ? value : Tensor(zeros: value.shape, type: computeType)
    refresh()
  }

  /// Brings the copy for products up to date after `value` has changed.
  public func refresh() {
    if compute.type != .float32 { compute.copy(converting: value) }
  }
}
