import Tensors

extension BlockConfiguration.Gating {
  /// The order in which products read the matrix of gates and ups: the plain SwiGLU is made inside
  /// the product, the normed one needs whole rows first.
  var layout: PackedMatrix.Layout { self == .plain ? .gated : .plain }
}

extension Tape {
  /// The gated inner numbers of (gate, up) = x · wᵀ: x [rows, in], w [2m, in] → [rows, m].
  func gated(_ x: Variable, _ w: Weight, _ gating: BlockConfiguration.Gating) -> Variable {
    switch gating {
    case .plain: linearSwiGLU(x, w)
    case .normed: normedSwiGLU(linear(x, w), epsilon: TransformerBlock.epsilon)
    }
  }
}
