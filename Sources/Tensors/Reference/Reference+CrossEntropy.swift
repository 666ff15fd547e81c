import Foundation

extension Reference {
  /// The cross-entropy of one row of logits.
  package static func crossEntropy(
    _ kind: CrossEntropy, logits: [Double], label: Int
  ) -> Double {
    let weights = weights(kind, logits)
    return log(weights.reduce(0, +)) - log(weights[label])
  }

  /// ∂loss/∂logits of one row.
  package static func crossEntropyGradient(
    _ kind: CrossEntropy, logits: [Double], label: Int
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
      return slope / sum - (index == label ? slope / weight : 0)
    }
  }

  /// What is normalised to probabilities.
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
