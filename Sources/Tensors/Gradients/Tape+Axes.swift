extension Tape {
  /// The same numbers with another shape of the same count.
  public func reshaped(_ x: Variable, _ shape: Shape) -> Variable {
    result(x.value.reshaped(shape), of: x) { [self] dy in
      add(dy.reshaped(x.value.shape), to: x)
    }
  }

  /// The two axes before the innermost exchanged: x [batch · outer, inner, d] →
  /// [batch · inner, outer, d].
  public func exchanged(_ x: Variable, outer: Int) -> Variable {
    let inner = x.value.shape[1]
    return result(device.exchanged(x.value, outer: outer), of: x) { [self] dy in
      add(device.exchanged(dy, outer: inner), to: x)
    }
  }

  /// Numbers of each batch entry by index, f32; see `Device.picked`.
  public func picked(_ x: Variable, _ indices: [Int32], shape: Shape) -> Variable {
    result(device.picked(x.value, indices, shape: shape), of: x) { [self] dy in
      add(device.pickedGradient(dy, indices, of: x.value.shape), to: x)
    }
  }
}
