/// How logits become probabilities in a cross-entropy; both are computed in f64.
public enum CrossEntropy: String, Sendable, Hashable, CaseIterable {
  /// The usual exp(x), divided by the sum over all classes.
  case softmax
  /// s(x) = x + 1 for x ≥ 0 and 1/(1 − x) below, instead of exp (arXiv 2501.04697).
  case stablemax
}
