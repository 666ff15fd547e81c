import Gym

/// The votes of an ensemble on some questions.
struct EnsembleVotes {
  /// The questions that all voters answered.
  private(set) var questions: QuestionBatch
  /// The number of each question among all puzzles.
  private(set) var indices: [Int]
  /// The answers of each voter, mapped back: [copies × agents][questions].
  var predictions: [[Prediction]] = []
  /// The seconds to add to the duration of the vote, for answers from an earlier process.
  var extraSeconds = 0.0
  /// Whether all questions were answered, that is, no stop was requested.
  private(set) var isWhole = true

  init(questions: QuestionBatch, indices: [Int]) {
    self.questions = questions
    self.indices = indices
  }

  /// These votes with those of the last voter, which was stopped, without the questions that it
  /// left open.
  func stopped(with last: [Prediction?]) -> EnsembleVotes {
    let kept = last.indices.filter { last[$0] != nil }
    var votes = self
    votes.questions = questions.part(kept)
    votes.indices = kept.map { indices[$0] }
    votes.predictions = predictions.map { voter in kept.map { voter[$0] } }
    votes.predictions.append(kept.compactMap { last[$0] })
    votes.isWhole = false
    return votes
  }
}
