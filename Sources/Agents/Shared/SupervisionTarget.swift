import Gym

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
