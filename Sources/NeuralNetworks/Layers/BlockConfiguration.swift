/// The sizes of a transformer block.
public struct BlockConfiguration: Sendable, Hashable {
  /// How a block gates its inner values.
  public enum Gating: String, Sendable, Hashable, CaseIterable {
    /// silu(gate) ∘ up (arXiv 2002.05202).
    case plain
    /// sigmoid(gate) ∘ rmsNorm(gate ∘ up): the input of the down-projection has a fixed scale,
    /// which optimizers with steps of fixed size (Muon) need.
    case normed
  }

  /// The hidden size D.
  public let hidden: Int
  /// The number of attention heads.
  public let heads: Int
  /// The width m of SwiGLU: expansion · D · 2/3, rounded, then up to a multiple of 256.
  public let swiGLUWidth: Int

  /// The gating of the SwiGLU.
  public let gating: Gating

  /// Nil if the heads do not divide the hidden size into parts of even size.
  public init?(hidden: Int, heads: Int, expansion: Double, gating: Gating = .plain) {
    guard hidden > 0, heads > 0, hidden % heads == 0, hidden / heads % 2 == 0, expansion > 0,
      expansion * Double(hidden) < 1e7
    else { return nil }
    self.hidden = hidden
    self.heads = heads
    self.gating = gating
    swiGLUWidth = Self.swiGLUWidth(of: hidden, expansion: expansion)
  }

  /// The width m of a SwiGLU over `inputs` values, rounded up to a multiple of `unit`.
  public static func swiGLUWidth(
    of inputs: Int, expansion: Double, multipleOf unit: Int = 256
  ) -> Int {
    let width = max(1, Int((expansion * Double(inputs) * 2 / 3).rounded(.toNearestOrEven)))
    return (width + unit - 1) / unit * unit
  }

  /// The size of one head.
  public var headSize: Int { hidden / heads }
}
