import Gym

extension SudokuExtreme {
  /// The boards of a simple solver: after each round of naked and hidden singles, after each guess,
  /// and after each guess taken back. Nil if it finds no answer.
  public func trace(of question: [UInt8]) -> ReasoningTrace? {
    guard let clues = try? clueValues(of: question) else { return nil }
    var recorder = TraceRecorder(question, task: self)
    return recorder.record(clues) ? ReasoningTrace(recorder.steps) : nil
  }
}
