import Foundation

extension Reference {
  /// silu(gate) ∘ up: gateUp [rows, 2·width] → [rows, width].
  package static func swiGLU(_ gateUp: [Double], width: Int) -> [Double] {
    var out: [Double] = []
    for start in stride(from: 0, to: gateUp.count, by: 2 * width) {
      for index in start..<start + width {
        out.append(gateUp[index] * sigmoid(gateUp[index]) * gateUp[index + width])
      }
    }
    return out
  }

  /// The gradient of gateUp from that of the result, dy [rows, width].
  package static func swiGLUGradient(
    _ gateUp: [Double], dy: [Double], width: Int
  ) -> [Double] {
    var result = gateUp
    for row in 0..<dy.count / width {
      for column in 0..<width {
        let index = row * 2 * width + column
        let gate = gateUp[index]
        let up = gateUp[index + width]
        let slope = sigmoid(gate) * (1 + gate * (1 - sigmoid(gate)))
        result[index] = dy[row * width + column] * up * slope
        result[index + width] = dy[row * width + column] * gate * sigmoid(gate)
      }
    }
    return result
  }

  /// sigmoid(gate) ∘ rmsNorm(gate ∘ up): gateUp [rows, 2·width] → [rows, width].
  package static func normedSwiGLU(
    _ gateUp: [Double], width: Int, epsilon: Double
  ) -> [Double] {
    var out: [Double] = []
    for start in stride(from: 0, to: gateUp.count, by: 2 * width) {
      let (gate, up) = (gateUp[start..<start + width], gateUp[start + width..<start + 2 * width])
      let p = zip(gate, up).map { $0 * $1 }
      let (q, _) = residualNorm(p, p.map { _ in 0 }, width: width, epsilon: epsilon)
      out += zip(gate, q).map { sigmoid($0) * $1 }
    }
    return out
  }

  /// The gradient of gateUp from that of the result, dy [rows, width].
  package static func normedSwiGLUGradient(
    _ gateUp: [Double], dy: [Double], width: Int, epsilon: Double
  ) -> [Double] {
    var result = gateUp
    for row in 0..<dy.count / width {
      let start = row * 2 * width
      let gate = Array(gateUp[start..<start + width])
      let up = Array(gateUp[start + width..<start + 2 * width])
      let slopes = dy[row * width..<(row + 1) * width]
      let (q, inverse) = residualNorm(
        zip(gate, up).map { $0 * $1 }, gate.map { _ in 0 }, width: width, epsilon: epsilon)
      let dp = residualNormGradient(
        y: q, inverse: inverse, dy: zip(slopes, gate).map { $0 * sigmoid($1) })
      for (column, slope) in slopes.enumerated() {
        let s = sigmoid(gate[column])
        result[start + column] = dp[column] * up[column] + slope * q[column] * s * (1 - s)
        result[start + width + column] = dp[column] * gate[column]
      }
    }
    return result
  }

  private static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
}
