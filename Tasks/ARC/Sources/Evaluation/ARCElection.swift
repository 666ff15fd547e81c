import Gym

/// The votes of all variants of all tasks, each prediction cropped and transformed back.
///
/// It follows the released evaluation, except that an answer whose canvas contains no grid does not
/// vote (there, an empty grid may take one of the two attempts).
public struct ARCElection: Sendable {
  private struct Question: Hashable {
    let task: String
    let grid: ARCGrid
  }

  private var ballots: [Question: MajorityVote<ARCGrid>] = [:]

  /// An election without votes.
  public init() {}

  /// An election with the votes of predictions; those without a grid do not vote.
  public init(_ predictions: some Sequence<ARCVariantPrediction>) {
    for prediction in predictions { add(prediction) }
  }

  /// Adds one prediction. The question, transformed back, identifies the question of the task that
  /// it answers, whatever the order.
  ///
  /// - Returns: whether it voted, which means that question and answer contain grids and the name
  ///   has a known form.
  @discardableResult
  public mutating func add(_ prediction: ARCVariantPrediction) -> Bool {
    guard case (let task, let augmentation)? = ARCPuzzleName(prediction.variant).parts,
      let tokens = prediction.answer, let answer = ARCCanvas.crop(tokens),
      let question = ARCCanvas.crop(prediction.question)
    else { return false }
    let back = augmentation.inverse
    add(
      answer.augmented(by: back), to: question.augmented(by: back), task: task,
      confidence: prediction.confidence)
    return true
  }

  /// Adds one vote for an answer to a question of a task, both transformed back. A confidence
  /// that is not a number counts as 0.
  mutating func add(_ answer: ARCGrid, to question: ARCGrid, task: String, confidence: Double) {
    ballots[Question(task: task, grid: question), default: MajorityVote()]
      .add(answer, confidence: confidence.isFinite ? confidence : 0)
  }

  /// Adds all votes of another election.
  mutating func add(_ other: ARCElection) {
    for (question, vote) in other.ballots {
      ballots[question, default: MajorityVote()].add(vote)
    }
  }

  /// The ranked answers to a question of a task; none without votes.
  public func ranking(task: String, question: ARCGrid) -> [MajorityVote<ARCGrid>.Candidate] {
    ballots[Question(task: task, grid: question)]?.ranking ?? []
  }

  /// The two best answers to every question of the tasks.
  public func submission(for tasks: [ARCTask]) -> ARCSubmission {
    ARCSubmission(
      tasks: tasks.map { task in
        ARCSubmission.Entry(
          task: task.name,
          attempts: task.tests.map { test in
            ARCAttempts(
              ranking(task: task.name, question: test.question).prefix(2).map(\.answer))
          })
      })
  }
}
