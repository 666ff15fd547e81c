import CTensorKernels

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
