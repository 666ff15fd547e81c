extension Tape {
  /// The 3×3 convolution of grids, with zeros beyond the border, in the activation type: x [batch,
  /// cells, in], w [out, 9 · in] → [batch, cells, out].
  ///
  /// Patches are packed again for the gradient, so that only x is kept.
  public func convolution(_ x: Variable, _ w: Weight, columns: Int) -> Variable {
    let value = device.linear(
      device.patches(x.value, columns: columns), w, result: device.activationType)
    return result(value, of: x, hasWeightGradient: w.gradient != nil) { [self] dy in
      if addsWeightGradients, let dw = w.gradient {
        device.addLinearWeightGradient(dy, device.patches(x.value, columns: columns), to: dw)
      }
      guard x.needsGradient else { return }
      add(
        device.patchesGradient(device.linearInputGradient(dy, w.value), columns: columns), to: x)
    }
  }

  /// max(x, 0).
  public func relu(_ x: Variable) -> Variable {
    let value = device.relu(x.value)
    return result(value, of: x) { [self] dy in
      add(device.reluGradient(value, dy: dy), to: x)
    }
  }
}
