import Gym

/// The votes of an ensemble on some questions.
package struct EnsembleVotes {
  /// The questions that were answered.
  private(set) var questions: QuestionBatch
  /// The number of each question among all puzzles.
  private(set) var indices: [Int]
  /// The answers of each voter, mapped back: [copies × agents][questions]; nil for a question that
  /// earlier voters had settled.
  package private(set) var predictions: [[Prediction?]] = []
  /// The seconds to add to the duration of the vote, for answers from an earlier process.
  var extraSeconds = 0.0
  /// Whether all questions were answered, that is, no stop was requested.
  private(set) var isWhole = true

  init(questions: QuestionBatch, indices: [Int]) {
    self.questions = questions
    self.indices = indices
  }

  /// Adds a voter, who was asked some of the questions.
  mutating func add(_ answers: [Prediction?], to places: [Int]) {
    var all = [Prediction?](repeating: nil, count: indices.count)
    for (place, answer) in zip(places, answers) { all[place] = answer }
    predictions.append(all)
  }

  /// These votes, stopped, without the questions that still need votes.
  func without(_ open: [Int]) -> EnsembleVotes {
    let open = Set(open)
    let kept = indices.indices.filter { !open.contains($0) }
    var votes = self
    votes.questions = questions.part(kept)
    votes.indices = kept.map { indices[$0] }
    votes.predictions = predictions.map { voter in kept.map { voter[$0] } }
    votes.isWhole = false
    return votes
  }
}
