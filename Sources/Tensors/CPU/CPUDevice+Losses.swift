import CTensorKernels

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
