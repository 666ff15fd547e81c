/// An agent whose states and drafts can be watched while it thinks.
public protocol ProbedAgent: Agent {
  /// Whether thinking begins from states of its own, which noise can move; false if a question
  /// alone decides where it begins.
  var startsFromStates: Bool { get }

  /// Answers questions, and reports what each step of thinking gives.
  ///
  /// First the states that thinking begins from, if there are such, as step 0 of segment 0; then
  /// each step in its order, for all questions side by side. No question halts early. Nothing is
  /// kept here: what a step holds is free once `watch` returns.
  ///
  /// - Throws: a `GymError` if the questions do not fit the agent; what `watch` throws.
  func probe(
    _ questions: QuestionBatch, options: ProbeOptions, watch: (ProbedStep) throws -> Void) throws
}
