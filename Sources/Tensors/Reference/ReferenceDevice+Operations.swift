extension ReferenceDevice {
  public func linear(_ x: Tensor, _ w: Weight, result type: ElementType) -> Tensor {
    let w = w.value
    precondition(w.shape.rank == 2 && x.shape.last == w.shape[1], "\(x.shape) · \(w.shape)ᵀ")
    let y = Reference.linear(x.doubles, w.doubles, inputs: w.shape[1])
    return make(y, Shape(x.shape.extents.dropLast() + [w.shape[0]]), type)
  }

  public func linearSwiGLU(
    _ x: Tensor, _ w: Weight, keepsGateUp: Bool
  ) -> (result: Tensor, gateUp: Tensor?) {
    separateLinearSwiGLU(x, w, keepsGateUp: keepsGateUp)
  }

  public func linearInputGradient(_ dy: Tensor, _ w: Tensor) -> Tensor {
    precondition(w.shape.rank == 2 && dy.shape.last == w.shape[0], "\(dy.shape) · \(w.shape)")
    let dx = Reference.linearInputGradient(dy.doubles, w.doubles, outputs: w.shape[0])
    return make(dx, Shape(dy.shape.extents.dropLast() + [w.shape[1]]))
  }

  public func addLinearWeightGradient(_ dy: Tensor, _ x: Tensor, to dw: Tensor) {
    precondition(
      dy.shape.rows == x.shape.rows && dw.shape == [dy.shape.last, x.shape.last],
      "\(dy.shape)ᵀ · \(x.shape) into \(dw.shape)")
    guard x.shape.rows > 0 else { return }
    let sum = Reference.linearWeightGradient(dy.doubles, x.doubles, rows: x.shape.rows)
    dw.set(zip(dw.doubles, sum).map { Float($0 + $1) })
  }

  public func add(_ a: Tensor, _ b: Tensor) -> Tensor {
    precondition(a.shape == b.shape, "\(a.shape) + \(b.shape)")
    return make(zip(a.doubles, b.doubles).map { $0 + $1 }, a.shape)
  }

  public func add(_ a: Tensor, _ b: Tensor, _ c: Tensor) -> Tensor {
    precondition(a.shape == b.shape && a.shape == c.shape, "\(a.shape) + \(b.shape) + \(c.shape)")
    let sum = zip(a.doubles, b.doubles).map { $0 + $1 }
    return make(zip(sum, c.doubles).map { $0 + $1 }, a.shape)
  }

  public func residualNorm(
    _ x: Tensor, _ r: Tensor, epsilon: Float, keepsInverse: Bool
  ) -> (y: Tensor, inverse: Tensor?) {
    precondition(x.shape == r.shape, "\(x.shape) + \(r.shape)")
    let (y, inverse) = Reference.residualNorm(
      x.doubles, r.doubles, width: x.shape.last, epsilon: Double(epsilon))
    return (
      make(y, x.shape), keepsInverse ? make(inverse, [x.shape.rows], .float32) : nil
    )
  }

  public func residualNormGradient(y: Tensor, inverse: Tensor, dy: Tensor) -> Tensor {
    precondition(y.shape == dy.shape && inverse.count == y.shape.rows)
    let dx = Reference.residualNormGradient(
      y: y.doubles, inverse: inverse.doubles, dy: dy.doubles)
    return make(dx, y.shape)
  }

  public func swiGLU(_ gateUp: Tensor) -> Tensor {
    precondition(gateUp.shape.last % 2 == 0, "\(gateUp.shape) has no gate and up of one width")
    let width = gateUp.shape.last / 2
    return make(
      Reference.swiGLU(gateUp.doubles, width: width),
      Shape(gateUp.shape.extents.dropLast() + [width]))
  }

  public func swiGLUGradient(_ gateUp: Tensor, dy: Tensor) -> Tensor {
    precondition(2 * dy.shape.last == gateUp.shape.last && dy.shape.rows == gateUp.shape.rows)
    return make(
      Reference.swiGLUGradient(gateUp.doubles, dy: dy.doubles, width: dy.shape.last),
      gateUp.shape)
  }

  public func normedSwiGLU(_ gateUp: Tensor, epsilon: Float) -> Tensor {
    precondition(gateUp.shape.last % 2 == 0, "\(gateUp.shape) has no gate and up of one width")
    let width = gateUp.shape.last / 2
    return make(
      Reference.normedSwiGLU(gateUp.doubles, width: width, epsilon: Double(epsilon)),
      Shape(gateUp.shape.extents.dropLast() + [width]))
  }

  public func normedSwiGLUGradient(_ gateUp: Tensor, epsilon: Float, dy: Tensor) -> Tensor {
    precondition(2 * dy.shape.last == gateUp.shape.last && dy.shape.rows == gateUp.shape.rows)
    return make(
      Reference.normedSwiGLUGradient(
        gateUp.doubles, dy: dy.doubles, width: dy.shape.last, epsilon: Double(epsilon)),
      gateUp.shape)
  }
}
