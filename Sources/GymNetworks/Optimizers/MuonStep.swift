import GymTensors

/// One step of Muon on one matrix: see `UpdateRule.muon`.
struct MuonStep {
  let rate: Double
  let decay: Double
  let momentum: Double
  /// The factor applied to the gradient first: below 1 if gradients are clipped.
  let gradientScale: Float

  /// The quintic's coefficients a, b, c: x ← a·x + b·x³ + c·x⁵ for every singular value.
  private static let coefficients: (Float, Float, Float) = (3.4445, -4.775, 2.0315)
  private static let iterations = 5

  /// Updates a slot's parameter from the gradient; zeroes the gradient.
  func callAsFunction(_ slot: Optimizer.Slot, gradient: Tensor, device: CPUDevice) {
    let value = slot.parameter.value
    if gradientScale < 1 {
      device.scaledSum(gradientScale, gradient, 0, gradient, into: gradient)
    }
    let update = device.makeTensor(value.shape, .float32)
    device.momentum(gradient, mean: slot.moments[0], kept: Float(momentum), into: update)
    gradient.clear()
    let (rows, columns) = (value.shape[0], value.shape[1])
    let orthogonal = Self.orthogonalized(update, on: device)
    let length = (max(1, Double(rows) / Double(columns))).squareRoot()
    device.scaledSum(
      Float(1 - rate * decay), value, Float(-rate * length), orthogonal, into: value)
  }

  /// The nearest matrix with singular values near 1, for x [rows, columns] f32. Products use the
  /// device's activation type.
  static func orthogonalized(_ x: Tensor, on device: any Device) -> Tensor {
    let (rows, columns) = (x.shape[0], x.shape[1])
    // Uses the taller of x and xᵀ, whose Gram matrix is smaller.
    guard rows >= columns else {
      let tall = transposed(orthogonalized(transposed(x, on: device), on: device), on: device)
      return tall
    }
    let norm = max(device.sumOfSquares(x).squareRoot(), 1e-7)
    let y = device.makeTensor(x.shape, .float32)
    device.scaledSum(Float(1 / norm), x, 0, x, into: y)
    let (a, b, c) = coefficients
    for _ in 0..<iterations {
      let stored = device.convert(y, to: device.activationType)
      let gram = device.makeZeros([columns, columns], .float32)
      device.addLinearWeightGradient(stored, stored, to: gram)
      let factor = device.convert(gram, to: device.activationType)
      // The Gram matrix is symmetric.
      let square = device.linear(factor, factor, result: .float32)
      device.scaledSum(b, gram, c, square, into: gram)
      let change = device.linear(
        stored, device.convert(gram, to: device.activationType), result: .float32)
      device.scaledSum(a, y, 1, change, into: y)
    }
    return y
  }

  private static func transposed(_ x: Tensor, on device: any Device) -> Tensor {
    device.transposed(x.reshaped([1, x.shape[0], x.shape[1]]))
      .reshaped([x.shape[1], x.shape[0]])
  }
}
