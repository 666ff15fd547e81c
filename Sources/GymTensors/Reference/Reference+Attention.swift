import Foundation

extension Reference {
  /// The dimensions of an attention: qkv is [batch, length, 3·heads·headSize], with q of all heads
  /// first, then k, then v.
  package struct AttentionShape: Sendable {
    let batch, length, heads, headSize: Int

    package init(batch: Int, length: Int, heads: Int, headSize: Int) {
      (self.batch, self.length, self.heads, self.headSize) = (batch, length, heads, headSize)
    }

    var width: Int { heads * headSize }

    /// The offset in qkv of part 0 (q), 1 (k) or 2 (v) of a head at a position.
    func start(_ entry: Int, _ position: Int, _ part: Int, _ head: Int) -> Int {
      (entry * length + position) * 3 * width + part * width + head * headSize
    }

    /// The offset of a head at a position in the result.
    func resultStart(_ entry: Int, _ position: Int, _ head: Int) -> Int {
      (entry * length + position) * width + head * headSize
    }
  }

  /// Cosines and sines [length, headSize / 2] of rotary positions.
  package typealias Rotary = (cosine: [Double], sine: [Double])

  /// softmax(q · kᵀ / sqrt(headSize)) · v with q and k rotated, and the log-sums
  /// [batch, heads, length] of the scores.
  package static func attention(
    _ qkv: [Double], _ shape: AttentionShape, rotary: Rotary?
  ) -> (out: [Double], logSums: [Double]) {
    let rotated = rotate(qkv, shape, rotary, direction: 1)
    var out = [Double](repeating: 0, count: shape.batch * shape.length * shape.width)
    var logSums: [Double] = []
    for entry in 0..<shape.batch {
      for head in 0..<shape.heads {
        for query in 0..<shape.length {
          let (weights, logSum) = probabilities(rotated, shape, entry, head, query)
          logSums.append(logSum)
          let start = shape.resultStart(entry, query, head)
          for (key, weight) in weights.enumerated() {
            let value = shape.start(entry, key, 2, head)
            for index in 0..<shape.headSize {
              out[start + index] += weight * rotated[value + index]
            }
          }
        }
      }
    }
    return (out, logSums)
  }

  /// The gradient of qkv from that of the result.
  package static func attentionGradient(
    _ qkv: [Double], _ shape: AttentionShape, rotary: Rotary?, dy: [Double]
  ) -> [Double] {
    let rotated = rotate(qkv, shape, rotary, direction: 1)
    let scale = 1 / Double(shape.headSize).squareRoot()
    var gradient = [Double](repeating: 0, count: qkv.count)
    for entry in 0..<shape.batch {
      for head in 0..<shape.heads {
        for query in 0..<shape.length {
          let (weights, _) = probabilities(rotated, shape, entry, head, query)
          let start = shape.resultStart(entry, query, head)
          let q = shape.start(entry, query, 0, head)
          let slopes = (0..<shape.length).map { key in
            dot(dy, start, rotated, shape.start(entry, key, 2, head), shape.headSize)
          }
          let mean = zip(weights, slopes).reduce(0) { $0 + $1.0 * $1.1 }
          for key in 0..<shape.length {
            let k = shape.start(entry, key, 1, head)
            let v = shape.start(entry, key, 2, head)
            let score = weights[key] * (slopes[key] - mean) * scale
            for index in 0..<shape.headSize {
              gradient[q + index] += score * rotated[k + index]
              gradient[k + index] += score * rotated[q + index]
              gradient[v + index] += weights[key] * dy[start + index]
            }
          }
        }
      }
    }
    return rotate(gradient, shape, rotary, direction: -1)
  }

  /// The softmax of one query's scores, and the logarithm of the sum of their exponentials.
  private static func probabilities(
    _ rotated: [Double], _ shape: AttentionShape, _ entry: Int, _ head: Int, _ query: Int
  ) -> (weights: [Double], logSum: Double) {
    let q = shape.start(entry, query, 0, head)
    let scores = (0..<shape.length).map { key in
      dot(rotated, q, rotated, shape.start(entry, key, 1, head), shape.headSize)
        / Double(shape.headSize).squareRoot()
    }
    let greatest = scores.max() ?? 0
    let sum = scores.reduce(0) { $0 + exp($1 - greatest) }
    return (scores.map { exp($0 - greatest) / sum }, greatest + log(sum))
  }

  /// q and k rotated by their positions' angles, or back for direction −1; v unchanged.
  private static func rotate(
    _ qkv: [Double], _ shape: AttentionShape, _ rotary: Rotary?, direction: Double
  ) -> [Double] {
    guard let rotary else { return qkv }
    var result = qkv
    let half = shape.headSize / 2
    for entry in 0..<shape.batch {
      for position in 0..<shape.length {
        for part in 0..<2 {
          for head in 0..<shape.heads {
            let start = shape.start(entry, position, part, head)
            for index in 0..<half {
              let cosine = rotary.cosine[position * half + index]
              let sine = direction * rotary.sine[position * half + index]
              let (left, right) = (qkv[start + index], qkv[start + half + index])
              result[start + index] = left * cosine - right * sine
              result[start + half + index] = right * cosine + left * sine
            }
          }
        }
      }
    }
    return result
  }

  private static func dot(
    _ a: [Double], _ i: Int, _ b: [Double], _ j: Int, _ count: Int
  ) -> Double {
    (0..<count).reduce(0) { $0 + a[i + $1] * b[j + $1] }
  }
}

extension Reference {
  /// The 3×3 convolution of a grid, with zeros beyond its border: x [rows · columns, inputs], w
  /// [outputs, 3, 3, inputs] → [rows · columns, outputs].
  package static func convolution(
    _ x: [Double], _ w: [Double], columns: Int, inputs: Int
  ) -> [Double] {
    let outputs = w.count / (9 * inputs)
    var y = [Double](repeating: 0, count: x.count / inputs * outputs)
    forEachTerm(x.count / inputs, columns, inputs, outputs) {
      cell, neighbor, output, input, weight in
      y[cell * outputs + output] += x[neighbor * inputs + input] * w[weight]
    }
    return y
  }

  /// The gradients of x and w for that of y.
  package static func convolutionGradients(
    _ x: [Double], _ w: [Double], dy: [Double], columns: Int, inputs: Int
  ) -> (dx: [Double], dw: [Double]) {
    let outputs = w.count / (9 * inputs)
    var dx = [Double](repeating: 0, count: x.count)
    var dw = [Double](repeating: 0, count: w.count)
    forEachTerm(x.count / inputs, columns, inputs, outputs) {
      cell, neighbor, output, input, weight in
      dx[neighbor * inputs + input] += dy[cell * outputs + output] * w[weight]
      dw[weight] += dy[cell * outputs + output] * x[neighbor * inputs + input]
    }
    return (dx, dw)
  }

  /// Every product of the convolution: cell, neighbor, output, input, index of the weight.
  private static func forEachTerm(
    _ cells: Int, _ columns: Int, _ inputs: Int, _ outputs: Int,
    _ body: (Int, Int, Int, Int, Int) -> Void
  ) {
    for cell in 0..<cells {
      for down in 0..<3 {
        for right in 0..<3 {
          let (row, column) = (cell / columns + down - 1, cell % columns + right - 1)
          guard row >= 0, row < cells / columns, column >= 0, column < columns else { continue }
          for output in 0..<outputs {
            for input in 0..<inputs {
              let weight = ((output * 3 + down) * 3 + right) * inputs + input
              body(cell, row * columns + column, output, input, weight)
            }
          }
        }
      }
    }
  }
}
