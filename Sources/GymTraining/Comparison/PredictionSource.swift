import Gym

/// How an agent is asked: with a journal of earlier answers, and a way to stop.
struct PredictionSource {
  /// The answers of earlier processes, which also keeps new ones; nil to ask for all.
  let journal: AnswerJournal?
  /// Stops the agent in the middle of its work; nil if nothing can.
  let stop: StopRequest?

  /// The predictions of an agent, and the seconds to add to the duration of the call for answers
  /// from an earlier process.
  ///
  /// - Parameters:
  ///   - indices: the number of each question among all puzzles.
  ///   - pass: which of several passes over the puzzles this is.
  /// - Throws: `StoppedSolving` if a stop was requested.
  func predictions(
    of agent: any Agent, on questions: QuestionBatch, _ indices: [Int], pass: String,
    _ options: SolveOptions
  ) throws -> (predictions: [Prediction?], extraSeconds: Double) {
    var options = options
    options.stop = stop
    guard let journal else { return (try agent.predictions(on: questions, options: options), 0) }
    return try journal.predictions(on: questions, indices, pass: pass, of: agent, options: options)
  }
}
