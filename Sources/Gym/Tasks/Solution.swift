/// What a task's solver finds for a question.
public enum Solution: Sendable, Hashable {
  /// The one answer.
  case unique([UInt8])
  /// One of several answers.
  case several([UInt8])
  /// No answer exists.
  case none
  /// The question is not one of this task; the text says why.
  case invalid(String)
  /// The task has no solver.
  case unsupported
}
