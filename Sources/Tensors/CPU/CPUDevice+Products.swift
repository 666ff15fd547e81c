import CTensorKernels

extension CPUDevice {
  public func linear(_ x: Tensor, _ w: Tensor, result type: ElementType) -> Tensor {
    let (outputs, inputs) = matrixExtents(w)
    precondition(x.shape.last == inputs && x.type == w.type, "\(x.shape) · \(w.shape)ᵀ")
    let result = makeTensor(Shape(x.shape.extents.dropLast() + [outputs]), type)
    guard team != nil else {
      product(
        x, w, into: result, transposingB: true, m: x.shape.rows, n: outputs, k: inputs, beta: 0)
      return result
    }
    // Each thread takes its own rows of w, so that none of w is read by two.
    share(outputs) { part in
      let status = rg_matmul(
        x.type.kernel, type.kernel, false, true, Int64(x.shape.rows), Int64(part.count),
        Int64(inputs), x.address, Int64(inputs), w.slice(part).address, Int64(inputs), 0,
        result.address + part.lowerBound * type.size, Int64(outputs))
      precondition(status == 0, "oneDNN refused a product, status \(status)")
    }
    return result
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
    let status = rg_matmul(
      a.type.kernel, c.type.kernel, transposingA, transposingB, Int64(m), Int64(n), Int64(k),
      a.address, Int64(a.shape.last), b.address, Int64(b.shape.last), beta, c.address,
      Int64(c.shape.last))
    precondition(status == 0, "oneDNN refused a product of \(m)×\(k)×\(n), status \(status)")
  }

  private func matrixExtents(_ w: Tensor) -> (rows: Int, columns: Int) {
    precondition(w.shape.rank == 2, "a matrix was expected, not \(w.shape)")
    return (w.shape[0], w.shape[1])
  }
}
