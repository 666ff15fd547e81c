import Foundation

extension ReferenceDevice {
  public func crossEntropy(
    _ kind: CrossEntropy, smoothing: Double, logits: Tensor, labels: [Int32]
  ) -> (losses: [Double], predicted: [Int32]) {
    precondition(labels.count == logits.shape.rows)
    var losses: [Double] = []
    var predicted: [Int32] = []
    for (row, label) in zip(rows(of: logits), labels) {
      losses.append(
        label == -100
          ? 0
          : Reference.crossEntropy(
            kind, smoothing: smoothing, logits: row, label: Int(label)))
      predicted.append(Int32(row.firstIndex(of: row.max() ?? 0) ?? 0))
    }
    return (losses, predicted)
  }

  public func crossEntropyGradient(
    _ kind: CrossEntropy, smoothing: Double, logits: Tensor, labels: [Int32], weights: [Float]
  ) -> Tensor {
    precondition(labels.count == logits.shape.rows && weights.count == labels.count)
    var result: [Double] = []
    for (row, (label, weight)) in zip(rows(of: logits), zip(labels, weights)) {
      if label == -100 {
        result += row.map { _ in 0 }
      } else {
        result += Reference.crossEntropyGradient(
          kind, smoothing: smoothing, logits: row, label: Int(label)
        ).map { $0 * Double(weight) }
      }
    }
    return make(result, logits.shape, .float32)
  }

  private func rows(of x: Tensor) -> [[Double]] {
    let values = x.doubles
    return stride(from: 0, to: values.count, by: x.shape.last).map {
      Array(values[$0..<$0 + x.shape.last])
    }
  }
}

extension ReferenceDevice {
  public func accumulate(_ x: Tensor, into total: Tensor) {
    precondition(x.shape == total.shape, "\(x.shape) into \(total.shape)")
    total.set(zip(total.doubles, x.doubles).map { Float($0 + $1) })
  }

  public func adamATan2(
    _ p: Tensor, gradient: Tensor, first: Tensor, second: Tensor, step: AdamStep
  ) {
    adam(p, gradient, first, second, step) { atan2($0, $1) }
  }

  public func adamW(
    _ p: Tensor, gradient: Tensor, first: Tensor, second: Tensor, step: AdamStep, epsilon: Float
  ) {
    adam(p, gradient, first, second, step) { $0 / ($1 + Double(epsilon)) }
  }

  /// A step by `change`, of a first moment and the corrected root of a second.
  private func adam(
    _ p: Tensor, _ gradient: Tensor, _ first: Tensor, _ second: Tensor, _ step: AdamStep,
    change: (Double, Double) -> Double
  ) {
    let (rate, decay) = (Double(step.rate), Double(step.decay))
    let (beta1, beta2) = (Double(step.beta1), Double(step.beta2))
    let g = gradient.doubles
    let m = zip(first.doubles, g).map { $0 + ($1 - $0) * (1 - beta1) }
    let v = zip(second.doubles, g).map { $0 + ($1 * $1 - $0) * (1 - beta2) }
    let root = Double(step.correction2).squareRoot()
    let result = p.doubles.enumerated().map { index, value in
      value * (1 - rate * decay)
        - rate / Double(step.correction1) * change(m[index], v[index].squareRoot() / root)
    }
    p.set(result.map(Float.init))
    first.set(m.map(Float.init))
    second.set(v.map(Float.init))
  }

  public func momentum(_ gradient: Tensor, mean: Tensor, kept: Float, into result: Tensor) {
    let (g, kept) = (gradient.doubles, Double(kept))
    let m = zip(mean.doubles, g).map { $0 + ($1 - $0) * (1 - kept) }
    mean.set(m.map(Float.init))
    result.set(zip(g, m).map { Float($0 + ($1 - $0) * kept) })
  }

  public func scaledSum(_ a: Float, _ x: Tensor, _ b: Float, _ y: Tensor, into result: Tensor) {
    let (a, b) = (Double(a), Double(b))
    result.set(zip(x.doubles, y.doubles).map { Float(a * $0 + b * $1) })
  }

  public func sumOfSquares(_ x: Tensor) -> Double {
    x.doubles.reduce(0) { $0 + $1 * $1 }
  }

  public func signSGD(_ p: Tensor, gradient: Tensor, rate: Float, decay: Float) {
    let kept = 1 - Double(rate) * Double(decay)
    let result = zip(p.doubles, gradient.doubles).map { value, slope in
      value * kept - Double(rate) * (slope > 0 ? 1 : slope < 0 ? -1 : slope)
    }
    p.set(result.map(Float.init))
  }

  public func average(_ p: Tensor, into average: Tensor, decay: Float) {
    let decay = Double(decay)
    average.set(
      zip(average.doubles, p.doubles).map { Float(decay * $0 + (1 - decay) * $1) })
  }

  public func allFinite(_ x: Tensor) -> Bool {
    x.values.allSatisfy(\.isFinite)
  }
}
