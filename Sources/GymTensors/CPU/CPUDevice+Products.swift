import CGymTensorKernels

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

/// A copy of a weight matrix [out, in] in the order in which products read it. It is made once when
/// the matrix has changed, and used by many products until the next change.
public struct PackedMatrix: Sendable {
  /// The purpose of the matrix.
  public enum Layout: Sendable, Hashable {
    /// x · wᵀ.
    case plain
    /// Gates in the first half of the rows and ups in the second, for silu(gate) ∘ up.
    case gated
  }

  /// The purpose of the matrix.
  public let layout: Layout
  let shape: Shape
  let type: ElementType
  /// [count, size of a panel], numbers of `type`.
  let panels: Tensor

  /// Memory for a matrix, not filled yet.
  ///
  /// - Precondition: the shape is that of a matrix, with an even number of rows if it is gated.
  public init(_ layout: Layout, shape: Shape, type: ElementType) {
    precondition(shape.rank == 2 && (layout == .plain || shape[0] % 2 == 0))
    (self.layout, self.shape, self.type) = (layout, shape, type)
    let columns = Int(rg_panel_columns()) / (layout == .gated ? 2 : 1)
    let outputs = layout == .gated ? shape[0] / 2 : shape[0]
    panels = Tensor(
      zeros: [
        (outputs + columns - 1) / columns, Int(rg_panel_size(type.kernel, Int64(shape[1]))),
      ])
  }

  /// A packed matrix.
  ///
  /// - Precondition: `w` is a matrix, with an even number of rows if it is gated.
  public init(_ layout: Layout, packing w: Tensor) {
    self.init(layout, shape: w.shape, type: w.type)
    pack(w, parts: 0..<count)
  }

  /// The number of panels.
  public var count: Int { panels.shape[0] }

  /// Copies some panels from the matrix.
  ///
  /// - Precondition: `w` has the shape and type that this was made for.
  public func pack(_ w: Tensor, parts: Range<Int>) {
    precondition(w.shape == shape && w.type == type, "\(w.shape) is not \(shape)")
    rg_pack_panels(
      type.kernel, layout == .gated, Int64(shape[0]), Int64(shape[1]), w.address,
      Int64(parts.lowerBound), Int64(parts.count), panels.floats)
  }
}
