import Gym

/// How an agent is asked: with a journal that knows what was answered before, and somebody who may
/// ask for a stop.
struct Asking {
  let journal: AnswerJournal?
  let stop: StopRequest?

  /// The predictions of an agent, with the seconds to add to what the call takes, for answers that an
  /// earlier process was given.
  ///
  /// - Throws: `StoppedSolving` if somebody asks for a stop.
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
