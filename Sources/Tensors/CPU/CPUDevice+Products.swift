import CTensorKernels

extension CPUDevice {
  public func linear(_ x: Tensor, _ w: Weight, result type: ElementType) -> Tensor {
    let (outputs, inputs) = matrixExtents(w.value)
    check(x, fits: w.value)
    let result = makeTensor(Shape(x.shape.extents.dropLast() + [outputs]), type)
    guard let packed = w.packed, packed.layout == .plain else {
      product(
        x, w.value, into: result, transposingB: true, m: x.shape.rows, n: outputs, k: inputs,
        beta: 0)
      return result
    }
    share(packed.count, inMultiplesOf: 1) { parts in
      rg_matmul_panels(
        x.type.kernel, type.kernel, Int64(x.shape.rows), Int64(outputs), Int64(inputs), x.address,
        packed.panels.floats, Int64(parts.lowerBound), Int64(parts.count), result.address)
    }
    return result
  }

  public func linearSwiGLU(
    _ x: Tensor, _ w: Weight, keepsGateUp: Bool
  ) -> (result: Tensor, gateUp: Tensor?) {
    guard let packed = w.packed, packed.layout == .gated else {
      return separateLinearSwiGLU(x, w, keepsGateUp: keepsGateUp)
    }
    let (outputs, inputs) = matrixExtents(w.value)
    check(x, fits: w.value)
    let leading = x.shape.extents.dropLast()
    let result = makeTensor(Shape(leading + [outputs / 2]), x.type)
    let gateUp = keepsGateUp ? makeTensor(Shape(leading + [outputs]), x.type) : nil
    share(packed.count, inMultiplesOf: 1) { parts in
      rg_matmul_swiglu(
        x.type.kernel, Int64(x.shape.rows), Int64(outputs / 2), Int64(inputs), x.address,
        packed.panels.floats, Int64(parts.lowerBound), Int64(parts.count), gateUp?.address,
        result.address)
    }
    return (result, gateUp)
  }

  public func linearInputGradient(_ dy: Tensor, _ w: Tensor) -> Tensor {
    let (outputs, inputs) = matrixExtents(w)
    precondition(dy.shape.last == outputs && dy.type == w.type, "\(dy.shape) · \(w.shape)")
    let result = makeActivation(Shape(dy.shape.extents.dropLast() + [inputs]))
    product(dy, w, into: result, m: dy.shape.rows, n: inputs, k: outputs, beta: 0)
    return result
  }

  public func addLinearWeightGradient(_ dy: Tensor, _ x: Tensor, to dw: Tensor) {
    let (outputs, inputs) = matrixExtents(dw)
    precondition(
      dy.shape.last == outputs && x.shape.last == inputs && dy.shape.rows == x.shape.rows
        && dy.type == x.type, "\(dy.shape)ᵀ · \(x.shape) into \(dw.shape)")
    check(dw, hasType: .float32)
    product(
      dy, x, into: dw, transposingA: true, m: outputs, n: inputs, k: x.shape.rows, beta: 1)
  }

  /// c = op(a) · op(b) + beta·c on contiguous matrices.
  private func product(
    _ a: Tensor, _ b: Tensor, into c: Tensor, transposingA: Bool = false,
    transposingB: Bool = false, m: Int, n: Int, k: Int, beta: Float
  ) {
    let isDone = rg_matmul(
      a.type.kernel, c.type.kernel, transposingA, transposingB, Int64(m), Int64(n), Int64(k),
      a.address, Int64(a.shape.last), b.address, Int64(b.shape.last), beta, c.address,
      Int64(c.shape.last))
    precondition(isDone, "sums of a transposed factor are f32, not \(c.type.rawValue)")
  }

  private func check(_ x: Tensor, fits w: Tensor) {
    precondition(x.shape.last == w.shape[1] && x.type == w.type, "\(x.shape) · \(w.shape)ᵀ")
  }

  private func matrixExtents(_ w: Tensor) -> (rows: Int, columns: Int) {
    precondition(w.shape.rank == 2, "a matrix was expected, not \(w.shape)")
    return (w.shape[0], w.shape[1])
  }
}
