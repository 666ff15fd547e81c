/// A tensor on a tape, with the gradient that the backward pass gives it.
///
/// It belongs to the worker whose tape it is on.
public final class Variable {
  /// The forward value.
  public let value: Tensor
  /// Whether a gradient is wanted.
  public let needsGradient: Bool
  /// The gradient of the loss by `value`, once it is known. Never changed in place, since
  /// several variables may share one.
  public internal(set) var gradient: Tensor?

  init(_ value: Tensor, needsGradient: Bool) {
    self.value = value
    self.needsGradient = needsGradient
  }
}
