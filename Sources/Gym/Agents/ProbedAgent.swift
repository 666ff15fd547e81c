/// An agent whose states and intermediate answers can be observed while it thinks.
public protocol ProbedAgent: Agent {
  /// Whether thinking starts from latent states, to which noise can be added; false if the question
  /// alone determines the start.
  var startsFromStates: Bool { get }

  /// Answers questions and reports the result of each step.
  ///
  /// The initial states, if there are any, are reported first, as step 0 of segment 0; then each
  /// step in order, for all questions side by side. No question halts early. Nothing is kept: the
  /// memory of a step is free once `watch` returns.
  ///
  /// - Throws: a `GymError` if the questions do not fit the agent, and any error of `watch`.
  func probe(
    _ questions: QuestionBatch, options: ProbeOptions, watch: (ProbedStep) throws -> Void) throws
}
