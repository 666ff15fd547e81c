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
