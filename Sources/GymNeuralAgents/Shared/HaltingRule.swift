import Foundation
import Gym

/// How an agent decides that a puzzle is finished.
public enum HaltingRule: Sendable, Hashable {
  /// After its only segment: there is no outer loop.
  case atOnce
  /// The values of halting and continuing are learned by Q-learning (arXiv 2506.21734, section
  /// "Adaptive computational time").
  case qLearning(QTarget)
  /// The two logits of Q-learning, of which only halt is learned, from whether the answer is right.
  /// A puzzle in training gets all segments; elsewhere it is done if halt is above 0.
  case fixed
  /// One logit, "the answer is right", learned from whether it is right (arXiv 2510.04871).
  case exactness
  /// One logit, DONE, learned from the ends of traces; for drafts, from whether they are right. It
  /// is always obeyed, since a chain of thought ends itself.
  case done

  /// The source of the target for the value of continuing.
  public enum QTarget: String, Sendable, Hashable, CaseIterable {
    /// One more segment in every training step, as published.
    case exact
    /// The segment that the next training step runs anyway. This trains only the halting head, on
    /// the state that the puzzle carried there, and nothing if the puzzle was finished.
    case deferred
  }

  /// The names in settings of rules that agents with an outer loop have at choice.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// When the Q head values halting above continuing, as published.
    case qLearning = "q-learning"
    /// After M_max segments: there is no continue loss, and so no target segment.
    case fixed
    /// When a single logit, "the answer is right", is above 0: there is no target segment.
    case exactness
  }

  /// The rule that settings choose.
  init(_ settings: Settings) {
    self =
      switch settings[NeuralConfiguration.halting] {
      case .qLearning: .qLearning(settings[NeuralConfiguration.qTarget])
      case .fixed: .fixed
      case .exactness: .exactness
      }
  }

  /// The number of logits of the halting head.
  var logits: Int {
    switch self {
    case .atOnce: 0
    case .qLearning, .fixed: 2
    case .exactness, .done: 1
    }
  }

  /// Whether the logits say when a puzzle in training is finished.
  var isObeyedInTraining: Bool { self != .atOnce && self != .fixed }

  /// Whether a puzzle's logits, halt first, say to stop.
  func stops(_ logits: ArraySlice<Float>) -> Bool {
    let bar = if case .qLearning = self { logits[logits.startIndex + 1] } else { Float(0) }
    return logits.first.map { $0 > bar } ?? true
  }
}

/// The logistic function.
func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

/// The binary cross-entropy of a logit with a target in 0...1, without overflow.
func binaryCrossEntropy(logit: Double, target: Double) -> Double {
  max(logit, 0) - logit * target + log1p(exp(-abs(logit)))
}

/// The targets of the segments of one puzzle.
public enum SupervisionTarget: Sendable, Hashable {
  /// Each segment's answer is a draft of the labels.
  case drafts
  /// The states of a reasoning trace after the question, one per segment; the labels take the place
  /// of the last.
  case trace([[UInt8]])

  /// The supervision target from a trace that leads from the question to the answer, thinned evenly
  /// to at most `maximum` states, the last of which is the trace's last. Drafts if the trace has no
  /// state beyond the question.
  public init(thinning trace: [[UInt8]], to maximum: Int) {
    let states = trace.dropFirst()
    guard !states.isEmpty, maximum > 0 else {
      self = .drafts
      return
    }
    let count = min(maximum, states.count)
    self = .trace((1...count).map { states[states.startIndex + $0 * states.count / count - 1] })
  }
}
