import Foundation

/// How an agent tells that a puzzle is finished.
public enum HaltingRule: Sendable, Hashable {
  /// After its only segment: there is no outer loop.
  case atOnce
  /// Halt and continue are valued by Q-learning (arXiv 2506.21734, section "Adaptive computational
  /// time").
  case qLearning(QTarget)
  /// Q-learning's two logits, of which halt alone is learned, from whether the answer is right. A
  /// puzzle in training gets all segments; elsewhere it is done if halt is above 0.
  case fixed
  /// One logit, "the answer is right", learned from whether it is (arXiv 2510.04871).
  case exactness
  /// One logit, DONE, learned from where traces end; for drafts, from whether they are right. It
  /// is always obeyed, since a chain of thought ends itself.
  case done

  /// Where the target for the value of going on comes from.
  public enum QTarget: String, Sendable, Hashable, CaseIterable {
    /// From one more segment in every training step, as published.
    case exact
    /// From the segment that the next training step runs anyway. It trains the halting head alone,
    /// on the state that the puzzle carried there, and nothing if a puzzle was finished.
    case deferred
  }

  /// The logits of the halting head.
  var logits: Int {
    switch self {
    case .atOnce: 0
    case .qLearning, .fixed: 2
    case .exactness, .done: 1
    }
  }

  /// Whether the logits say when a puzzle in training is finished.
  var isObeyedInTraining: Bool { self != .atOnce && self != .fixed }

  /// Whether a puzzle's logits, halt first, ask to stop.
  func stops(_ logits: ArraySlice<Float>) -> Bool {
    let bar = if case .qLearning = self { logits[logits.startIndex + 1] } else { Float(0) }
    return logits.first.map { $0 > bar } ?? true
  }
}

/// The logistic function.
func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

/// The binary cross-entropy of a logit and a target in 0...1, without overflow.
func binaryCrossEntropy(logit: Double, target: Double) -> Double {
  max(logit, 0) - logit * target + log1p(exp(-abs(logit)))
}
