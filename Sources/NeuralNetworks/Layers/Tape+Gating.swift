import Tensors

extension BlockConfiguration.Gating {
  /// The packing order of the matrix of gates and ups: the plain SwiGLU is fused into the product,
  /// the normed one needs complete rows first.
  var layout: PackedMatrix.Layout { self == .plain ? .gated : .plain }
}

extension Tape {
  /// The gated inner values of (gate, up) = x · wᵀ: x [rows, in], w [2m, in] → [rows, m].
  func gated(_ x: Variable, _ w: Weight, _ gating: BlockConfiguration.Gating) -> Variable {
    switch gating {
    case .plain: linearSwiGLU(x, w)
    case .normed: normedSwiGLU(linear(x, w), epsilon: TransformerBlock.epsilon)
    }
  }
}
