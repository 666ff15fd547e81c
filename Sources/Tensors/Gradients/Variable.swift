/// A tensor on a tape, with the gradient from the backward pass.
///
/// It belongs to the worker whose tape it is on.
public final class Variable {
  /// The forward value.
  public let value: Tensor
  /// Whether it needs a gradient.
  public let needsGradient: Bool
  /// The gradient of the loss with respect to `value`, once it is known. Never changed in place,
  /// since several variables may share one.
  public internal(set) var gradient: Tensor?

  init(_ value: Tensor, needsGradient: Bool) {
    self.value = value
    self.needsGradient = needsGradient
  }
}
