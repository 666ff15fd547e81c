import NeuralNetworks
import Tensors

/// One fused operation at a size: the bytes it moves, the operations it performs, and how to run
/// it.
struct MeasuredOperation {
  let name: String
  /// The floating-point operations of its products, two per multiply-add; 0 if only memory matters.
  let flops: Double
  /// The bytes read and written, each array once.
  let bytes: Double
  let run: @Sendable (CPUDevice) -> Void
}

extension MeasuredOperation {
  /// The operations of a training step of one block on `batch` sequences.
  static func all(
    _ block: BlockConfiguration, batch: Int, length: Int, vocabulary: Int, type: ElementType
  ) -> [MeasuredOperation] {
    let rows = batch * length
    let (d, m) = (block.hidden, block.swiGLUWidth)
    func filled(_ shape: Shape, _ type: ElementType) -> Tensor {
      let tensor = Tensor(zeros: shape, type: type)
      tensor.set((0..<shape.count).map { Float($0 % 23) * 0.05 - 0.5 })
      return tensor
    }
    func size(_ counts: Int...) -> Double { Double(counts.reduce(0, +) * type.size) }
    func linear(
      _ name: String, _ outputs: Int, _ inputs: Int, _ layout: PackedMatrix.Layout = .plain
    ) -> [MeasuredOperation] {
      let flops = 2 * Double(rows) * Double(outputs) * Double(inputs)
      let x = filled([rows, inputs], type)
      let dy = filled([rows, outputs], type)
      let w = filled([outputs, inputs], type)
      let weight = Weight(w, packed: PackedMatrix(layout, packing: w))
      let dw = Tensor(zeros: [outputs, inputs])
      let (sizeX, sizeY, weights) = (rows * inputs, rows * outputs, outputs * inputs)
      let forward =
        switch layout {
        case .plain:
          [
            MeasuredOperation(
              name: "\(name): x·wᵀ", flops: flops, bytes: size(sizeX, sizeY, weights)
            ) { _ = $0.linear(x, weight, result: type) }
          ]
        case .gated:
          [false, true].map { keeps in
            MeasuredOperation(
              name: "\(name): SwiGLU(x·wᵀ)" + (keeps ? ", all kept" : ""), flops: flops,
              bytes: size(sizeX, sizeY / 2 + (keeps ? sizeY : 0), weights)
            ) { _ = $0.linearSwiGLU(x, weight, keepsGateUp: keeps) }
          }
        }
      return forward + [
        MeasuredOperation(
          name: "\(name): dy·w", flops: flops, bytes: size(sizeX, sizeY, weights)
        ) { _ = $0.linearInputGradient(dy, w) },
        MeasuredOperation(
          name: "\(name): dyᵀ·x", flops: flops,
          bytes: size(sizeX, sizeY) + Double(8 * weights)
        ) { $0.addLinearWeightGradient(dy, x, to: dw) },
      ]
    }
    let x = filled([batch, length, d], type)
    let r = filled([batch, length, d], type)
    let inverse = filled([rows], .float32)
    let gateUp = filled([rows, 2 * m], type)
    let inner = filled([rows, m], type)
    let qkv = filled([batch, length, 3 * d], type)
    let logSums = filled([batch, block.heads, length], .float32)
    let rotary = RotaryTable(length: length, headSize: block.headSize)
    let scores = 2 * Double(rows) * Double(length) * Double(d)
    let logits = filled([rows, vocabulary], .float32)
    let labels = (0..<rows).map { Int32($0 % vocabulary) }
    let weights = [Float](repeating: 1, count: rows)
    let p = filled([2 * m, d], .float32)
    let moments = (filled([2 * m, d], .float32), filled([2 * m, d], .float32))
    let gradient = filled([2 * m, d], .float32)
    let step = AdamStep(t: 10, rate: 1e-4, decay: 0.1, beta1: 0.9, beta2: 0.95)
    return linear("qkv", 3 * d, d) + linear("output", d, d)
      + linear("gate and up", 2 * m, d, .gated)
      + linear("down", d, m) + [
        MeasuredOperation(
          name: "attention", flops: 2 * scores, bytes: size(4 * rows * d)
        ) { _ = $0.attention(qkv, heads: block.heads, rotary: rotary, keepsLogSums: true) },
        MeasuredOperation(
          name: "attention, gradient", flops: 5 * scores, bytes: size(8 * rows * d)
        ) {
          _ = $0.attentionGradient(
            qkv, heads: block.heads, rotary: rotary, out: x, logSums: logSums, dy: r)
        },
        MeasuredOperation(name: "add", flops: 0, bytes: size(3 * rows * d)) { _ = $0.add(x, r) },
        MeasuredOperation(name: "residual and norm", flops: 0, bytes: size(3 * rows * d)) {
          _ = $0.residualNorm(x, r, epsilon: 1e-5, keepsInverse: true)
        },
        MeasuredOperation(
          name: "residual and norm, gradient", flops: 0, bytes: size(3 * rows * d)
        ) { _ = $0.residualNormGradient(y: x, inverse: inverse, dy: r) },
        MeasuredOperation(name: "SwiGLU, gradient", flops: 0, bytes: size(5 * rows * m)) {
          _ = $0.swiGLUGradient(gateUp, dy: inner)
        },
        MeasuredOperation(
          name: "cross-entropy", flops: 0, bytes: Double(4 * rows * vocabulary)
        ) { _ = $0.crossEntropy(.stablemax, logits: logits, labels: labels) },
        MeasuredOperation(
          name: "cross-entropy, gradient", flops: 0, bytes: Double(8 * rows * vocabulary)
        ) {
          _ = $0.crossEntropyGradient(
            .stablemax, logits: logits, labels: labels, weights: weights)
        },
        MeasuredOperation(name: "AdamATan2", flops: 0, bytes: Double(28 * p.count)) {
          $0.adamATan2(p, gradient: gradient, first: moments.0, second: moments.1, step: step)
        },
      ]
  }
}
