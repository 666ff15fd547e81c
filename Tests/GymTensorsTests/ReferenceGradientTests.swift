import Foundation
import GymRandomness
import GymTensors
import Testing

/// Every backward of the reference against central differences of its forward, all in f64.
@Suite struct ReferenceGradientTests {
  /// Expects `gradient` to give the slope of sum(weights ∘ f(x)) along random directions.
  private func expectSlope(
    of f: ([Double]) -> [Double], at x: [Double], weights: [Double], gradient: [Double],
    _ random: inout RandomStream, _ note: String
  ) {
    guard gradient.count == x.count else {
      Issue.record("\(note): \(gradient.count) slopes for \(x.count) numbers")
      return
    }
    let step = 1e-5
    for _ in 0..<4 {
      let direction = random.doubles(x.count)
      func value(_ distance: Double) -> Double {
        let y = f(zip(x, direction).map { $0 + distance * $1 })
        return zip(y, weights).reduce(0) { $0 + $1.0 * $1.1 }
      }
      let slope = (value(step) - value(-step)) / (2 * step)
      let expected = zip(gradient, direction).reduce(0) { $0 + $1.0 * $1.1 }
      let scale = zip(gradient, direction).reduce(0) { $0 + abs($1.0 * $1.1) }
      // The difference's own error is about step² plus 1e-16 / step.
      #expect(abs(slope - expected) <= 1e-7 * max(scale, 1e-3), "\(note): \(slope) ≠ \(expected)")
    }
  }

  @Test("Gradients of linear layers agree with finite differences", arguments: [UInt64(23), 24])
  func linear(seed: UInt64) {
    var random = RandomStream(seed: seed, "linear")
    let (rows, inputs, outputs) = (3, 5, 4)
    let x = random.doubles(rows * inputs)
    let w = random.doubles(outputs * inputs)
    let dy = random.doubles(rows * outputs)
    expectSlope(
      of: { Reference.linear($0, w, inputs: inputs) }, at: x, weights: dy,
      gradient: Reference.linearInputGradient(dy, w, outputs: outputs), &random, "seed \(seed)")
    expectSlope(
      of: { Reference.linear(x, $0, inputs: inputs) }, at: w, weights: dy,
      gradient: Reference.linearWeightGradient(dy, x, rows: rows), &random, "seed \(seed)")
  }

  @Test(
    "Gradients of residual and norm agree with finite differences", arguments: [UInt64(25), 26])
  func residualNorm(seed: UInt64) {
    var random = RandomStream(seed: seed, "norm")
    for width in [1, 2, 9] {
      let x = random.doubles(3 * width)
      let r = random.doubles(3 * width)
      let dy = random.doubles(3 * width)
      let (y, inverse) = Reference.residualNorm(x, r, width: width, epsilon: 0)
      expectSlope(
        of: { Reference.residualNorm($0, r, width: width, epsilon: 0).y }, at: x, weights: dy,
        gradient: Reference.residualNormGradient(y: y, inverse: inverse, dy: dy), &random,
        "seed \(seed), width \(width)")
    }
  }

  @Test("Gradients of SwiGLU agree with finite differences", arguments: [UInt64(27), 28])
  func swiGLU(seed: UInt64) {
    var random = RandomStream(seed: seed, "swiglu")
    let x = random.doubles(2 * 2 * 7)
    let dy = random.doubles(2 * 7)
    expectSlope(
      of: { Reference.swiGLU($0, width: 7) }, at: x, weights: dy,
      gradient: Reference.swiGLUGradient(x, dy: dy, width: 7), &random, "seed \(seed)")
  }

  @Test(
    "Gradients of normalized SwiGLU agree with finite differences", arguments: [UInt64(33), 34])
  func normedSwiGLU(seed: UInt64) {
    var random = RandomStream(seed: seed, "normed swiglu")
    let x = random.doubles(2 * 2 * 7)
    let dy = random.doubles(2 * 7)
    expectSlope(
      of: { Reference.normedSwiGLU($0, width: 7, epsilon: 1e-5) }, at: x, weights: dy,
      gradient: Reference.normedSwiGLUGradient(x, dy: dy, width: 7, epsilon: 1e-5), &random,
      "seed \(seed)")
  }

  @Test(
    "Gradients of attention agree with finite differences", arguments: [UInt64(29), 30],
    [true, false])
  func attention(seed: UInt64, rotates: Bool) {
    var random = RandomStream(seed: seed, "attention")
    let shape = Reference.AttentionShape(batch: 2, length: 5, heads: 2, headSize: 4)
    let angles = random.doubles(5 * 2)
    let rotary = rotates ? (angles.map { cos($0) }, angles.map { sin($0) }) : nil
    let qkv = random.doubles(2 * 5 * 3 * 8)
    let dy = random.doubles(2 * 5 * 8)
    expectSlope(
      of: { Reference.attention($0, shape, rotary: rotary).out }, at: qkv, weights: dy,
      gradient: Reference.attentionGradient(qkv, shape, rotary: rotary, dy: dy), &random,
      "seed \(seed)")
  }

  @Test(
    "Gradients of the losses agree with finite differences", arguments: CrossEntropy.allCases,
    [0, 0.3])
  func crossEntropy(kind: CrossEntropy, smoothing: Double) {
    var random = RandomStream(seed: 31, "loss")
    for label in [0, 3, 6] {
      let logits = random.doubles(7)
      expectSlope(
        of: {
          [Reference.crossEntropy(kind, smoothing: smoothing, logits: $0, label: label)]
        }, at: logits, weights: [1],
        gradient: Reference.crossEntropyGradient(
          kind, smoothing: smoothing, logits: logits, label: label), &random,
        "\(kind), label \(label)")
    }
  }

  /// Rotary positions turn by angles: scores depend on differences of positions only.
  @Test("With rotary positions, scores depend on differences of positions only")
  func rotaryScoresAreRelative() {
    var random = RandomStream(seed: 32, "rotary")
    let shape = Reference.AttentionShape(batch: 1, length: 4, heads: 1, headSize: 6)
    let qkv = random.doubles(4 * 18)
    let sums = [0.0, 100].map { offset in
      let angles = (0..<4).flatMap { position in
        (0..<3).map { (Double(position) + offset) / Double($0 + 1) }
      }
      return Reference.attention(
        qkv, shape, rotary: (angles.map { cos($0) }, angles.map { sin($0) })
      ).logSums
    }
    expectClose(sums[0], sums[1], 1e-12, "shifted positions")
  }
}
