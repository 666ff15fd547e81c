import Gym

/// How many tasks and questions two attempts solve, in the ways that papers count.
public struct ARCScore: Sendable, Hashable {
  /// The number of tasks with at least one known answer.
  public let tasks: Int
  /// The number of tasks all of whose questions with a known answer are solved.
  public let solvedTasks: Int
  /// The number of questions with known answers.
  public let questions: Int
  /// The number of solved questions.
  public let solvedQuestions: Int
  /// The sum over tasks of the share of their questions that are solved.
  public let shares: Double

  /// Scores a submission against tasks with answers. Tasks and questions that it lacks are not
  /// solved; if it contains a task twice, the first entry counts.
  public init(_ submission: ARCSubmission, tasks: [ARCTask]) {
    let entries = Dictionary(
      submission.tasks.map { ($0.task, $0.attempts) }, uniquingKeysWith: { first, _ in first })
    self.init(tasks.map { ($0, entries[$0.name] ?? []) })
  }

  /// Scores the attempts at the questions of each task, in order; missing ones solve nothing.
  init(_ answered: some Sequence<(ARCTask, [ARCAttempts])>) {
    var (scored, solvedTasks, questions, solvedQuestions, shares) = (0, 0, 0, 0, 0.0)
    for (task, attempts) in answered {
      let known = task.tests.indices.filter { task.tests[$0].answer != nil }
      guard !known.isEmpty else { continue }
      let solved = known.count { index in
        guard let answer = task.tests[index].answer, attempts.indices.contains(index) else {
          return false
        }
        return attempts[index].contain(answer)
      }
      scored += 1
      solvedTasks += solved == known.count ? 1 : 0
      questions += known.count
      solvedQuestions += solved
      shares += Double(solved) / Double(known.count)
    }
    tasks = scored
    self.solvedTasks = solvedTasks
    self.questions = questions
    self.solvedQuestions = solvedQuestions
    self.shares = shares
  }

  /// The score, under names that say how it was counted:
  ///
  /// - `arc-tasks-pass@2`: a task counts if all its questions are solved (HRM's evaluation);
  /// - `arc-shares-pass@2`: a task counts by the share of its questions that are solved (TRM's);
  /// - `arc-questions-pass@2`: every question counts equally.
  public var metrics: [SplitReport.Score] {
    [
      .init("arc-tasks-pass@2", points: Double(solvedTasks), of: tasks),
      .init("arc-shares-pass@2", points: shares, of: tasks),
      .init("arc-questions-pass@2", points: Double(solvedQuestions), of: questions),
    ]
  }
}
