import CTensorKernels

extension CPUDevice {
  public func linear(_ x: Tensor, _ w: Tensor, result type: ElementType) -> Tensor {
    let (outputs, inputs) = matrixExtents(w)
    precondition(x.shape.last == inputs && x.type == w.type, "\(x.shape) · \(w.shape)ᵀ")
    let result = makeTensor(Shape(x.shape.extents.dropLast() + [outputs]), type)
    guard let team else {
      product(
        x, w, into: result, transposingB: true, m: x.shape.rows, n: outputs, k: inputs, beta: 0)
      return result
    }
    let panels = panels(of: w, team)
    team.share(panels.shape[0], inMultiplesOf: 1) { part in
      rg_matmul_panels(
        x.type.kernel, type.kernel, Int64(x.shape.rows), Int64(outputs), Int64(inputs), x.address,
        panels.floats, Int64(part.lowerBound), Int64(part.count), result.address)
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

  /// A weight matrix as products of few rows want it, f32 [panels, in · columns of a panel].
  private func panels(of w: Tensor, _ team: Team) -> Tensor {
    if let known = packedWeights[w.address] { return known.panels }
    let (outputs, inputs) = matrixExtents(w)
    let columns = Int(rg_panel_columns())
    let panels = makeTensor([(outputs + columns - 1) / columns, inputs * columns], .float32)
    team.share(panels.shape[0], inMultiplesOf: 1) { part in
      rg_pack_panels(
        w.type.kernel, Int64(outputs), Int64(inputs), w.address, Int64(part.lowerBound),
        Int64(part.count), panels.floats)
    }
    packedWeights[w.address] = (w, panels)
    return panels
  }

  private func matrixExtents(_ w: Tensor) -> (rows: Int, columns: Int) {
    precondition(w.shape.rank == 2, "a matrix was expected, not \(w.shape)")
    return (w.shape[0], w.shape[1])
  }
}
