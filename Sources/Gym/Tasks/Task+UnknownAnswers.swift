extension Task {
  /// Whether nobody knows the right answer to an example: its label is padding alone, and the task
  /// has no solver, as with a competition's test questions.
  ///
  /// - Throws: the task's error if its solver cannot be asked.
  public func hasUnknownAnswer(_ example: Example) throws -> Bool {
    guard example.answer.allSatisfy({ $0 == Vocabulary.padding }) else { return false }
    if case .unsupported = try solve(example.question) { return true }
    return false
  }
}
