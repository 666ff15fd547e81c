/// How an agent tells that a puzzle is finished.
public enum HaltingRule: Sendable, Hashable {
  /// After its only segment: there is no outer loop.
  case atOnce
  /// Halt and continue are valued by Q-learning; the target for going on comes from one more
  /// segment (arXiv 2506.21734).
  case qLearning
  /// One logit, "the answer is right", learned from whether it is (arXiv 2510.04871).
  case exactness
  /// One logit, DONE, learned from where traces end; for drafts, from whether they are right. It
  /// is always obeyed, since a chain of thought ends itself.
  case done

  /// The logits of the halting head.
  var logits: Int {
    switch self {
    case .atOnce: 0
    case .qLearning: 2
    case .exactness, .done: 1
    }
  }

  /// Whether a puzzle's logits ask to stop.
  func stops(_ logits: ArraySlice<Float>) -> Bool {
    let bar = self == .qLearning ? logits[logits.startIndex + 1] : 0
    return logits.first.map { $0 > bar } ?? true
  }
}
