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
