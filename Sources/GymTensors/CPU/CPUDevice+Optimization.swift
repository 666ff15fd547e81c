import CGymTensorKernels

extension CPUDevice {
  public func crossEntropy(
    _ kind: CrossEntropy, smoothing: Double, logits: Tensor, labels: [Int32]
  ) -> (losses: [Double], predicted: [Int32]) {
    let (rows, classes) = checkLabels(labels, logits)
    var predicted = [Int32](repeating: 0, count: rows)
    let losses = [Double](unsafeUninitializedCapacity: rows) { losses, count in
      rg_cross_entropy(
        kind.kernel, smoothing, Int64(rows), Int64(classes), logits.floats, labels,
        losses.baseAddress,
        &predicted)
      count = rows
    }
    return (losses, predicted)
  }

  public func crossEntropyGradient(
    _ kind: CrossEntropy, smoothing: Double, logits: Tensor, labels: [Int32], weights: [Float]
  ) -> Tensor {
    let (rows, classes) = checkLabels(labels, logits)
    precondition(weights.count == rows)
    let result = makeTensor(logits.shape, .float32)
    rg_cross_entropy_backward(
      kind.kernel, smoothing, Int64(rows), Int64(classes), logits.floats, labels, weights,
      result.floats)
    return result
  }

  private func checkLabels(_ labels: [Int32], _ logits: Tensor) -> (rows: Int, classes: Int) {
    let classes = logits.shape.last
    precondition(labels.count == logits.shape.rows, "\(labels.count) labels, \(logits.shape)")
    precondition(labels.allSatisfy { $0 == -100 || (0..<Int32(classes)).contains($0) })
    return (labels.count, classes)
  }
}

extension CrossEntropy {
  var kernel: rg_loss { self == .softmax ? RG_SOFTMAX : RG_STABLEMAX }
}

extension CPUDevice {
  public func accumulate(_ x: Tensor, into total: Tensor) {
    precondition(x.count == total.count)
    rg_accumulate(Int64(x.count), x.floats, total.floats)
  }

  public func adamATan2(
    _ p: Tensor, gradient: Tensor, first: Tensor, second: Tensor, step: AdamStep
  ) {
    precondition(
      p.count == gradient.count && p.count == first.count && p.count == second.count)
    rg_adam_atan2(
      Int64(p.count), p.floats, gradient.floats, first.floats, second.floats, step.rate,
      step.decay, step.beta1, step.beta2, step.correction1, step.correction2)
  }

  public func adamW(
    _ p: Tensor, gradient: Tensor, first: Tensor, second: Tensor, step: AdamStep, epsilon: Float
  ) {
    precondition(
      p.count == gradient.count && p.count == first.count && p.count == second.count)
    rg_adamw(
      Int64(p.count), p.floats, gradient.floats, first.floats, second.floats, step.rate,
      step.decay, step.beta1, step.beta2, step.correction1, step.correction2, epsilon)
  }

  public func momentum(_ gradient: Tensor, mean: Tensor, kept: Float, into result: Tensor) {
    precondition(gradient.count == mean.count && gradient.count == result.count)
    rg_momentum(Int64(gradient.count), gradient.floats, mean.floats, kept, result.floats)
  }

  public func scaledSum(_ a: Float, _ x: Tensor, _ b: Float, _ y: Tensor, into result: Tensor) {
    precondition(x.count == y.count && x.count == result.count)
    rg_scaled_sum(Int64(x.count), a, x.floats, b, y.floats, result.floats)
  }

  public func sumOfSquares(_ x: Tensor) -> Double {
    rg_sum_of_squares(Int64(x.count), x.floats)
  }

  public func signSGD(_ p: Tensor, gradient: Tensor, rate: Float, decay: Float) {
    precondition(p.count == gradient.count)
    rg_sign_sgd(Int64(p.count), p.floats, gradient.floats, rate, decay)
  }

  public func average(_ p: Tensor, into average: Tensor, decay: Float) {
    precondition(p.count == average.count)
    rg_average(Int64(p.count), decay, p.floats, average.floats)
  }

  public func allFinite(_ x: Tensor) -> Bool {
    rg_all_finite(x.type.kernel, Int64(x.count), x.address)
  }
}
