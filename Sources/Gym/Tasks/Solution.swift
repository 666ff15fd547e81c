/// The result of a task's solver for a question.
public enum Solution: Sendable, Hashable {
  /// The one answer.
  case unique([UInt8])
  /// One of several answers.
  case several([UInt8])
  /// No answer exists.
  case none
  /// The question is not valid for this task; the text says why.
  case invalid(String)
  /// The task has no solver.
  case unsupported
}
