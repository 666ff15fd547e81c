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

  private static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
}
