import Gym

/// What the segments of one puzzle are to give.
public enum Lesson: Sendable, Hashable {
  /// Each segment's answer is a draft of the labels.
  case drafts
  /// The states of a reasoning trace, one for each segment: those after the question, the last in
  /// the place of the labels.
  case trace([[UInt8]])

  /// The lesson of a trace from the question to the answer, thinned evenly to at most `most`
  /// states, of which the last is the trace's last; drafts if the trace has no state beyond the
  /// question.
  public init(thinning trace: [[UInt8]], to most: Int) {
    let states = trace.dropFirst()
    guard !states.isEmpty, most > 0 else {
      self = .drafts
      return
    }
    let count = min(most, states.count)
    self = .trace((1...count).map { states[states.startIndex + $0 * states.count / count - 1] })
  }
}
