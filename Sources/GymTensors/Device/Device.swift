/// A device that runs the model: memory, copies, and the fused operations that the model consists
/// of.
///
/// A device belongs to one worker. Each operation documents and checks its shapes. A result is a
/// new tensor unless an argument is named `into` or the operation "adds". "Rows" are all dimensions
/// except the innermost, combined. Operations take and return tensors of the device's activation
/// type unless they say f32.
public protocol Device: AnyObject {
  /// The type of activations and of the weights that products use.
  var activationType: ElementType { get }

  /// A tensor with undefined contents.
  func makeTensor(_ shape: Shape, _ type: ElementType) -> Tensor
  /// A tensor of zeros.
  func makeZeros(_ shape: Shape, _ type: ElementType) -> Tensor
  /// A copy in another storage type.
  func convert(_ x: Tensor, to type: ElementType) -> Tensor

  // MARK: Products

  /// x · wᵀ: x [rows, in], w [out, in] → [rows, out], in `type`.
  func linear(_ x: Tensor, _ w: Weight, result type: ElementType) -> Tensor
  /// silu(gate) ∘ up for (gate, up) = x · wᵀ: x [rows, in], w [2m, in] → [rows, m]; and, only if
  /// requested, gate and up, [rows, 2m].
  func linearSwiGLU(_ x: Tensor, _ w: Weight, keepsGateUp: Bool)
    -> (result: Tensor, gateUp: Tensor?)
  /// The gradient of x: dy · w.
  func linearInputGradient(_ dy: Tensor, _ w: Tensor) -> Tensor
  /// Adds the gradient of w: dw += dyᵀ · x, dw f32.
  func addLinearWeightGradient(_ dy: Tensor, _ x: Tensor, to dw: Tensor)

  // MARK: Fused operations

  /// a + b.
  func add(_ a: Tensor, _ b: Tensor) -> Tensor
  /// a + b + c.
  func add(_ a: Tensor, _ b: Tensor, _ c: Tensor) -> Tensor
  /// The rows and columns of each batch entry exchanged: [batch, rows, columns] →
  /// [batch, columns, rows], in the type of x.
  func transposed(_ x: Tensor) -> Tensor
  /// y = rmsNorm(x + r) and, only if requested, the inverse root mean square of each row (f32).
  func residualNorm(_ x: Tensor, _ r: Tensor, epsilon: Float, keepsInverse: Bool)
    -> (y: Tensor, inverse: Tensor?)
  /// The gradient of x, which is also that of r.
  func residualNormGradient(y: Tensor, inverse: Tensor, dy: Tensor) -> Tensor
  /// The patch of each cell of a grid: its neighborhood from the upper left to the lower right,
  /// zeros beyond the border. x [batch, cells, d] → [batch, cells, 9 · d].
  ///
  /// - Precondition: the cells are whole rows of `columns`.
  func patches(_ x: Tensor, columns: Int) -> Tensor
  /// The gradient of x: each cell's sum over the patches that hold it, added in f32.
  func patchesGradient(_ dy: Tensor, columns: Int) -> Tensor
  /// max(x, 0), in the type of x; NaN stays NaN.
  func relu(_ x: Tensor) -> Tensor
  /// The gradient of x, from the result y: dy if y is not 0, otherwise 0.
  func reluGradient(_ y: Tensor, dy: Tensor) -> Tensor
  /// silu(gate) ∘ up: [rows, 2m] → [rows, m].
  func swiGLU(_ gateUp: Tensor) -> Tensor
  /// The gradient of gateUp.
  func swiGLUGradient(_ gateUp: Tensor, dy: Tensor) -> Tensor
  /// sigmoid(gate) ∘ rmsNorm(gate ∘ up): [rows, 2m] → [rows, m].
  func normedSwiGLU(_ gateUp: Tensor, epsilon: Float) -> Tensor
  /// The gradient of gateUp.
  func normedSwiGLUGradient(_ gateUp: Tensor, epsilon: Float, dy: Tensor) -> Tensor
  /// Full attention: qkv [batch, seq, 3·d] → [batch, seq, d] and, only if requested, the scores'
  /// log-sums [batch, heads, seq] f32.
  func attention(_ qkv: Tensor, heads: Int, rotary: RotaryTable?, keepsLogSums: Bool)
    -> (out: Tensor, logSums: Tensor?)
  /// The gradient of qkv.
  func attentionGradient(
    _ qkv: Tensor, heads: Int, rotary: RotaryTable?, out: Tensor, logSums: Tensor, dy: Tensor
  ) -> Tensor
  /// Token embedding with prefix rows before it and positions added, all times `scale`: tokens
  /// [batch, cells], table [vocabulary, d] f32, prefix [batch, p, d] f32 or nil, positions [p +
  /// cells, d] f32 or nil → [batch, p + cells, d].
  ///
  /// - Precondition: every token is below the vocabulary's count.
  func embed(_ tokens: TokenGrid, table: Tensor, prefix: Tensor?, positions: Tensor?, scale: Float)
    -> Tensor
  /// Adds the gradients of the table and positions, and returns that of the prefix (f32).
  func addEmbedGradients(
    _ tokens: TokenGrid, dy: Tensor, prefixRows: Int, scale: Float, table: Tensor,
    positions: Tensor?
  ) -> Tensor?

  // MARK: Losses, on f32 logits

  /// The cross-entropy of each row, and its first class with the greatest logit: logits [rows,
  /// classes], labels [rows] with −100 ignored. Label smoothing gives every class `smoothing` /
  /// classes of the target, and the label the rest (arXiv 1512.00567).
  func crossEntropy(_ kind: CrossEntropy, smoothing: Double, logits: Tensor, labels: [Int32])
    -> (losses: [Double], predicted: [Int32])
  /// weights[row] · ∂loss/∂logits.
  func crossEntropyGradient(
    _ kind: CrossEntropy, smoothing: Double, logits: Tensor, labels: [Int32], weights: [Float]
  ) -> Tensor

  // MARK: Optimization, in place on f32

  /// total += x.
  func accumulate(_ x: Tensor, into total: Tensor)
  /// One AdamATan2 step in one pass over memory.
  func adamATan2(
    _ p: Tensor, gradient: Tensor, first: Tensor, second: Tensor, step: AdamStep)
  /// One AdamW step in one pass over memory.
  func adamW(
    _ p: Tensor, gradient: Tensor, first: Tensor, second: Tensor, step: AdamStep, epsilon: Float)
  /// Nesterov momentum: mean ← kept·mean + (1 − kept)·gradient; writes kept·mean + (1 −
  /// kept)·gradient, with the new mean, to `result`.
  func momentum(_ gradient: Tensor, mean: Tensor, kept: Float, into result: Tensor)
  /// result ← a·x + b·y; `result` may be one of the two.
  func scaledSum(_ a: Float, _ x: Tensor, _ b: Float, _ y: Tensor, into result: Tensor)
  /// The sum of squares of all elements.
  func sumOfSquares(_ x: Tensor) -> Double
  /// p ← p·(1 − rate·decay) − rate·sign(gradient).
  func signSGD(_ p: Tensor, gradient: Tensor, rate: Float, decay: Float)
  /// average ← decay·average + (1 − decay)·p.
  func average(_ p: Tensor, into average: Tensor, decay: Float)
  /// Whether every element is finite.
  func allFinite(_ x: Tensor) -> Bool
}

extension Device {
  /// Cross-entropy without label smoothing.
  public func crossEntropy(
    _ kind: CrossEntropy, logits: Tensor, labels: [Int32]
  ) -> (losses: [Double], predicted: [Int32]) {
    crossEntropy(kind, smoothing: 0, logits: logits, labels: labels)
  }

  /// The gradient of cross-entropy without label smoothing.
  public func crossEntropyGradient(
    _ kind: CrossEntropy, logits: Tensor, labels: [Int32], weights: [Float]
  ) -> Tensor {
    crossEntropyGradient(kind, smoothing: 0, logits: logits, labels: labels, weights: weights)
  }

  /// x · wᵀ for a matrix without gradient or packed copy.
  public func linear(_ x: Tensor, _ w: Tensor, result type: ElementType) -> Tensor {
    linear(x, Weight(w), result: type)
  }

  /// The same with separate operations.
  func separateLinearSwiGLU(
    _ x: Tensor, _ w: Weight, keepsGateUp: Bool
  ) -> (result: Tensor, gateUp: Tensor?) {
    let gateUp = linear(x, w, result: x.type)
    return (swiGLU(gateUp), keepsGateUp ? gateUp : nil)
  }
}
