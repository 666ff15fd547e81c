import Gym

/// The votes of all variants of all tasks, each prediction cropped and transformed back.
///
/// It follows the released evaluation, except that an answer whose canvas contains no grid does not
/// vote (there, an empty grid may take one of the two attempts).
public struct ARCVotes: Sendable {
  private struct Question: Hashable {
    let task: String
    let grid: ARCGrid
  }

  private var votes: [Question: MajorityVote<ARCGrid>] = [:]

  /// No votes yet.
  public init() {}

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
    votes[Question(task: task, grid: question), default: MajorityVote()]
      .add(answer, confidence: confidence.isFinite ? confidence : 0)
  }

  /// Adds all other votes.
  mutating func add(_ other: ARCVotes) {
    for (question, vote) in other.votes {
      votes[question, default: MajorityVote()].add(vote)
    }
  }

  /// The ranked answers to a question of a task; none without votes.
  public func ranking(task: String, question: ARCGrid) -> [MajorityVote<ARCGrid>.Candidate] {
    votes[Question(task: task, grid: question)]?.ranking ?? []
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

/// One task of a split: its questions in order, and the answers of its variants.
struct ARCTaskVotes {
  let name: String
  private(set) var tests: [ARCTest] = []
  private var votes = ARCVotes()

  init(name: String) {
    self.name = name
  }

  /// Whether a question, transformed back, is the task's question at a position; the first question
  /// seen for a position defines it.
  mutating func holds(_ test: ARCTest, at position: Int) -> Bool {
    if position == tests.count { tests.append(test) }
    return tests.indices.contains(position) && tests[position] == test
  }

  /// Adds a variant's answer to a question, both transformed back.
  mutating func add(_ answer: ARCGrid, to question: ARCGrid, confidence: Double) {
    votes.add(answer, to: question, task: name, confidence: confidence)
  }

  /// Adds the votes of more variants of the task.
  mutating func add(_ other: ARCTaskVotes) { votes.add(other.votes) }

  /// The task without its demonstrations, for scores.
  var task: ARCTask { ARCTask(name: name, demonstrations: [], tests: tests) }

  /// The two best answers to each question.
  var attempts: [ARCAttempts] {
    tests.map { test in
      ARCAttempts(votes.ranking(task: name, question: test.question).prefix(2).map(\.answer))
    }
  }
}

/// The submitted answers to one question: two, one or none.
public struct ARCAttempts: Sendable, Hashable {
  /// The first attempt; nil if there is no answer.
  public let first: ARCGrid?
  /// The second attempt; nil if there is only one answer.
  public let second: ARCGrid?

  /// The first two of ranked answers.
  public init(_ ranked: [ARCGrid]) {
    first = ranked.first
    second = ranked.dropFirst().first
  }

  /// Two attempts as they were made: nil in the place of one that is not a grid.
  init(first: ARCGrid?, second: ARCGrid?) {
    (self.first, self.second) = (first, second)
  }

  /// Whether one of the attempts, or of the first `count` of them, is the answer.
  public func contain(_ answer: ARCGrid, among count: Int = 2) -> Bool {
    [first, second].prefix(count).contains(answer)
  }
}
