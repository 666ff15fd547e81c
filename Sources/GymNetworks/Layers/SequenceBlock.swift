import GymTensors

/// A block that mixes the positions of a sequence, then the values within each position.
public protocol SequenceBlock: Sendable {
  /// The trained parameters.
  var parameters: [Parameter] { get }

  /// x [batch, seq, D] → [batch, seq, D].
  func callAsFunction(_ x: Variable, rotary: RotaryTable?, on replica: Replica) -> Variable
}

extension TransformerBlock: SequenceBlock {}

/// Blocks of one kind, one after another: a module of a network.
public protocol SequenceStack: Sendable {
  /// The blocks' parameters, block by block.
  var parameters: [Parameter] { get }

  /// x [batch, seq, D] → [batch, seq, D].
  func callAsFunction(_ x: Variable, rotary: RotaryTable?, on replica: Replica) -> Variable

  /// The output at the first position only, x [batch, seq, D] → [batch, D].
  func first(of x: Variable, rotary: RotaryTable?, on replica: Replica) -> Variable
}

extension TransformerStack: SequenceStack {}

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
