import Foundation

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
