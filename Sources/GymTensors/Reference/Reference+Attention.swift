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
