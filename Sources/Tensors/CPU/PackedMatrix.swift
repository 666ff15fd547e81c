import CTensorKernels

/// A weight matrix [out, in] once more, in the order in which the processor's products read it: made
/// when the matrix has changed, for the many products until it changes again.
public struct PackedMatrix: Sendable {
  /// What the matrix is for.
  public enum Layout: Sendable, Hashable {
    /// x · wᵀ.
    case plain
    /// Gates in the first half of the rows, ups in the second: silu(gate) ∘ up.
    case gated
  }

  /// What the matrix is for.
  public let layout: Layout
  let shape: Shape
  let type: ElementType
  /// [count, size of a panel], numbers of `type`.
  let panels: Tensor

  /// Memory for a matrix, not filled yet; nil if products of the type have a faster way here.
  ///
  /// - Precondition: the shape is that of a matrix, with an even number of rows if it is gated.
  public init?(_ layout: Layout, shape: Shape, type: ElementType) {
    precondition(shape.rank == 2 && (layout == .plain || shape[0] % 2 == 0))
    guard rg_packs(type.kernel) else { return nil }
    (self.layout, self.shape, self.type) = (layout, shape, type)
    let columns = Int(rg_panel_columns()) / (layout == .gated ? 2 : 1)
    let outputs = layout == .gated ? shape[0] / 2 : shape[0]
    panels = Tensor(
      zeros: [
        (outputs + columns - 1) / columns, Int(rg_panel_size(type.kernel, Int64(shape[1]))),
      ])
  }

  /// A matrix packed at once; nil if products of its type have a faster way here.
  ///
  /// - Precondition: `w` is a matrix, with an even number of rows if it is gated.
  public init?(_ layout: Layout, packing w: Tensor) {
    self.init(layout, shape: w.shape, type: w.type)
    pack(w, parts: 0..<count)
  }

  /// The number of parts that it is made of.
  public var count: Int { panels.shape[0] }

  /// Takes some parts from the matrix.
  ///
  /// - Precondition: `w` is of the shape and type that this was made for.
  public func pack(_ w: Tensor, parts: Range<Int>) {
    precondition(w.shape == shape && w.type == type, "\(w.shape) is not \(shape)")
    rg_pack_panels(
      type.kernel, layout == .gated, Int64(shape[0]), Int64(shape[1]), w.address,
      Int64(parts.lowerBound), Int64(parts.count), panels.floats)
  }
}
