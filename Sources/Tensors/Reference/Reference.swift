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
