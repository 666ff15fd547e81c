import Foundation

/// The mathematics of every operation in f64 with the simplest loops: the reference for faster
/// versions and for finite differences.
///
/// Matrices are arrays, row by row; dimensions that follow from an array's count are not passed.
package enum Reference {
  /// x [rows, inputs] · wᵀ, w [outputs, inputs].
  package static func linear(_ x: [Double], _ w: [Double], inputs: Int) -> [Double] {
    let rows = x.count / inputs
    let outputs = w.count / inputs
    var y = [Double](repeating: 0, count: rows * outputs)
    for row in 0..<rows {
      for output in 0..<outputs {
        for input in 0..<inputs {
          y[row * outputs + output] += x[row * inputs + input] * w[output * inputs + input]
        }
      }
    }
    return y
  }

  /// dx = dy [rows, outputs] · w [outputs, inputs].
  package static func linearInputGradient(
    _ dy: [Double], _ w: [Double], outputs: Int
  ) -> [Double] {
    let rows = dy.count / outputs
    let inputs = w.count / outputs
    var dx = [Double](repeating: 0, count: rows * inputs)
    for row in 0..<rows {
      for output in 0..<outputs {
        for input in 0..<inputs {
          dx[row * inputs + input] += dy[row * outputs + output] * w[output * inputs + input]
        }
      }
    }
    return dx
  }

  /// dw = dyᵀ · x: dy [rows, outputs], x [rows, inputs].
  package static func linearWeightGradient(
    _ dy: [Double], _ x: [Double], rows: Int
  ) -> [Double] {
    let outputs = dy.count / rows
    let inputs = x.count / rows
    var dw = [Double](repeating: 0, count: outputs * inputs)
    for row in 0..<rows {
      for output in 0..<outputs {
        for input in 0..<inputs {
          dw[output * inputs + input] += dy[row * outputs + output] * x[row * inputs + input]
        }
      }
    }
    return dw
  }

  /// y = (x + r) · inverse with inverse = 1/sqrt(mean((x + r)²) + epsilon), for each row of
  /// `width`.
  package static func residualNorm(
    _ x: [Double], _ r: [Double], width: Int, epsilon: Double
  ) -> (y: [Double], inverse: [Double]) {
    var y = zip(x, r).map { $0 + $1 }
    var inverse: [Double] = []
    for start in stride(from: 0, to: y.count, by: width) {
      let row = start..<start + width
      let mean = y[row].reduce(0) { $0 + $1 * $1 } / Double(width)
      inverse.append(1 / (mean + epsilon).squareRoot())
      for index in row { y[index] *= inverse[inverse.count - 1] }
    }
    return (y, inverse)
  }

  /// inverse · (dy − y · mean(dy ∘ y)), for each row.
  package static func residualNormGradient(
    y: [Double], inverse: [Double], dy: [Double]
  ) -> [Double] {
    let width = y.count / max(inverse.count, 1)
    var dx = dy
    for (row, factor) in inverse.enumerated() {
      let range = row * width..<(row + 1) * width
      let mean = range.reduce(0) { $0 + dy[$1] * y[$1] } / Double(width)
      for index in range { dx[index] = factor * (dy[index] - y[index] * mean) }
    }
    return dx
  }
}

extension Reference {
  /// The cross-entropy of one row of logits with a target that gives every class `smoothing` /
  /// classes, and the label the rest.
  package static func crossEntropy(
    _ kind: CrossEntropy, smoothing: Double = 0, logits: [Double], label: Int
  ) -> Double {
    let weights = weights(kind, logits)
    let sum = log(weights.reduce(0, +))
    let losses = weights.map { sum - log($0) }
    guard smoothing > 0 else { return losses[label] }
    return (1 - smoothing) * losses[label]
      + smoothing * losses.reduce(0, +) / Double(losses.count)
  }

  /// ∂loss/∂logits of one row.
  package static func crossEntropyGradient(
    _ kind: CrossEntropy, smoothing: Double = 0, logits: [Double], label: Int
  ) -> [Double] {
    let weights = weights(kind, logits)
    let sum = weights.reduce(0, +)
    return zip(logits, weights).enumerated().map { index, pair in
      let (logit, weight) = pair
      let slope =
        switch kind {
        case .softmax: weight
        case .stablemax: logit >= 0 ? 1 : 1 / ((1 - logit) * (1 - logit))
        }
      let target = (index == label ? 1 - smoothing : 0) + smoothing / Double(logits.count)
      return slope / sum - target * slope / weight
    }
  }

  /// The weights that are normalized to probabilities.
  private static func weights(_ kind: CrossEntropy, _ logits: [Double]) -> [Double] {
    switch kind {
    case .softmax:
      let greatest = logits.max() ?? 0
      return logits.map { exp($0 - greatest) }
    case .stablemax:
      return logits.map { $0 >= 0 ? $0 + 1 : 1 / (1 - $0) }
    }
  }
}

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
